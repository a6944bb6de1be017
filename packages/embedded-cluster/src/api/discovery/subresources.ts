import type { ServedResource } from './ServedApi';

/** What discovery says about a subresource. */
export interface ServedSubresource {
  kind: string;
  /** Absent where it is the resource's own. */
  group?: string;
  version?: string;
  verbs: readonly string[];
}

const WRITTEN = ['get', 'patch', 'update'];
const PROXIED = ['create', 'delete', 'get', 'patch', 'update'];
const STREAMED = ['create', 'get'];

const OTHERS: Readonly<Record<string, ServedSubresource>> = {
  scale: {
    kind: 'Scale',
    group: 'autoscaling',
    version: 'v1',
    verbs: WRITTEN,
  },
  token: {
    kind: 'TokenRequest',
    group: 'authentication.k8s.io',
    version: 'v1',
    verbs: ['create'],
  },
  eviction: {
    kind: 'Eviction',
    group: 'policy',
    version: 'v1',
    verbs: ['create'],
  },
  binding: { kind: 'Binding', verbs: ['create'] },
  attach: { kind: 'PodAttachOptions', verbs: STREAMED },
  exec: { kind: 'PodExecOptions', verbs: STREAMED },
  portforward: { kind: 'PodPortForwardOptions', verbs: STREAMED },
};

export function servedSubresource(
  { kind }: Pick<ServedResource, 'kind'>,
  subresource: string,
): ServedSubresource {
  switch (subresource) {
    case 'log':
      return { kind, verbs: ['get'] };
    case 'finalize':
      return { kind, verbs: ['update'] };
    case 'proxy':
      return { kind: `${kind}ProxyOptions`, verbs: PROXIED };
    default:
      return Object.hasOwn(OTHERS, subresource)
        ? OTHERS[subresource]
        : { kind, verbs: WRITTEN };
  }
}
