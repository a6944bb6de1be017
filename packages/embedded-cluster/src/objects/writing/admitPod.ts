import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type {
  ContainerFields,
  PodSpecFields,
  TolerationFields,
} from '../kinds/podTemplate';
import { randomLetters } from './generateName';
import { shaped } from '../kinds/shaped';
import type { Machinery } from './Machinery';

const SERVICE_ACCOUNTS = '/serviceaccounts';
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** An hour, and a bit so that it can be told from one that somebody asked for. */
const TOKEN_SECONDS = 3_607;
const FILE_MODE = 0o644;
const EVICTION_SECONDS = 300;

interface AccountFields {
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: unknown[];
}

export function isPod({ group, kind }: ResourceType): boolean {
  return group === '' && kind === 'Pod';
}

/**
 * What every cluster adds to a new pod: its account with a token, tolerations
 * of a node that is gone for a moment, and the priority of all pods.
 *
 * @throws StatusError 403 where the account is missing
 */
export function admitPod(
  { store }: Pick<Machinery, 'store'>,
  pod: KubernetesObject,
): void {
  const { spec } = shaped<{ spec?: PodSpecFields }>(pod);
  if (!spec) {
    return;
  }
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  tolerateMoments(spec);
  const { namespace = '', name } = pod.metadata;
  spec.serviceAccountName ||= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  const account = store.get(
    SERVICE_ACCOUNTS,
    namespace,
    spec.serviceAccountName,
  );
  if (!account) {
    throw new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `pods "${name}" is forbidden: error looking up service account ${namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
      details: { name, kind: 'pods' },
    });
  }
  const wanted =
    spec.automountServiceAccountToken ??
    shaped<AccountFields>(account).automountServiceAccountToken ??
    true;
  if (wanted) {
    mountToken(spec);
  }
}

function tolerateMoments(spec: PodSpecFields): void {
  const tolerations = spec.tolerations ?? [];
  for (const key of [
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
  ]) {
    if (!tolerations.some(toleration => tolerates(toleration, key))) {
      tolerations.push({
        effect: 'NoExecute',
        key,
        operator: 'Exists',
        tolerationSeconds: EVICTION_SECONDS,
      });
    }
  }
  spec.tolerations = tolerations;
}

function tolerates({ key, effect }: TolerationFields, taint: string): boolean {
  return (
    (key === taint || key === undefined || key === '') &&
    (effect === 'NoExecute' || effect === undefined || effect === '')
  );
}

/** Into each container that has nothing of its own there. */
function mountToken(spec: PodSpecFields): void {
  const containers = [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
  ].filter(container => !hasToken(container));
  if (containers.length === 0) {
    return;
  }
  const name = `kube-api-access-${randomLetters()}`;
  for (const container of containers) {
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name, readOnly: true, mountPath: TOKEN_PATH },
    ];
  }
  spec.volumes = [
    ...(spec.volumes ?? []),
    {
      name,
      projected: {
        sources: [
          {
            serviceAccountToken: {
              expirationSeconds: TOKEN_SECONDS,
              path: 'token',
            },
          },
          {
            configMap: {
              name: 'kube-root-ca.crt',
              items: [{ key: 'ca.crt', path: 'ca.crt' }],
            },
          },
          {
            downwardAPI: {
              items: [
                {
                  path: 'namespace',
                  fieldRef: {
                    apiVersion: 'v1',
                    fieldPath: 'metadata.namespace',
                  },
                },
              ],
            },
          },
        ],
        defaultMode: FILE_MODE,
      },
    },
  ];
}

function hasToken({ volumeMounts = [] }: ContainerFields): boolean {
  return volumeMounts.some(({ mountPath }) => mountPath === TOKEN_PATH);
}
