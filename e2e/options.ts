import { parseArgs } from 'node:util';

/** Upstream manifests of the two operators, pinned. */
export const PLATFORM_MANIFESTS = [
  {
    file: 'prometheus-operator-v0.93.0.yaml',
    url: 'https://github.com/prometheus-operator/prometheus-operator/releases/download/v0.93.0/bundle.yaml',
    sha256: 'a3061ceebd87de793d1ba9bed10cb763be9ce748adb53b5c5ef4c7c65ee38376',
    namespace: 'default',
    otherNamespaces: [],
  },
  {
    file: 'keda-v2.20.2.yaml',
    url: 'https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml',
    sha256: 'ef09c2eafd4e0deb277175bcf35076a0602910920340f975e62438cd2e1c5de1',
    namespace: 'keda',
    // The RoleBinding that lets KEDA read who may ask its metrics API.
    otherNamespaces: ['kube-system'],
  },
] as const;

export interface E2eOptions {
  /** Context of the kubeconfig. */
  cluster: string;
  /** A cluster that somebody brings; undefined: the embedded one, which `npm start` brings. */
  brought?: {
    kubeconfig: string;
    /** Registry that this machine pushes to and the cluster pulls from, host[:port]. */
    registry: string;
    registryInsecure: boolean;
  };
  /** Folder of the release manifests on a mirror; undefined: the upstream addresses. */
  releasesUrl?: string;
  /** Namespace for the services of the run; made and removed by it. */
  namespace: string;
  /** Where screenshots and the replica timeline go. */
  resultsDirectory: string;
  /**
   * Address of this machine that pods of the cluster reach, for a git server
   * that the run starts; undefined: what needs one is skipped.
   */
  gitAddress?: string;
  /** Leave services and namespace in place. */
  keep: boolean;
  /** Names of the parts of `--platform`; undefined: all. */
  parts?: string[];
}

/**
 * Options of a run.
 *
 * @throws Error for a missing or unknown flag, naming it
 */
export function readOptions(
  args: string[],
  environment: NodeJS.ProcessEnv,
): E2eOptions {
  const { values } = parseArgs({
    args,
    options: {
      cluster: { type: 'string' },
      embedded: { type: 'boolean', default: false },
      disposable: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
      registry: { type: 'string' },
      'registry-insecure': { type: 'boolean', default: false },
      releases: { type: 'string' },
      namespace: { type: 'string', default: 'sportsbook-e2e' },
      results: { type: 'string', default: 'results' },
      keep: { type: 'boolean', default: false },
      // scripts/e2e.mjs has chosen by it which run this is.
      platform: { type: 'boolean', default: false },
      parts: { type: 'string' },
      'git-address': { type: 'string' },
    },
  });
  const shared = {
    namespace: values.namespace,
    resultsDirectory: values.results,
    keep: values.keep,
    ...(values['git-address'] === undefined
      ? {}
      : { gitAddress: values['git-address'] }),
    ...(values.parts === undefined ? {} : { parts: values.parts.split(',') }),
  };
  if (values.embedded) {
    return { cluster: 'embedded', ...shared };
  }
  if (values.cluster === undefined) {
    throw new Error(
      'The run needs a cluster: add --embedded, or --cluster <context of the kubeconfig>.',
    );
  }
  if (!values.disposable) {
    throw new Error(
      `The run installs operators on '${values.cluster}' and puts load on it. If that cluster may be thrown away, add --disposable.`,
    );
  }
  const kubeconfig = values.kubeconfig ?? environment.KUBECONFIG;
  if (kubeconfig === undefined || kubeconfig === '') {
    throw new Error(
      'No kubeconfig: add --kubeconfig <file> or set KUBECONFIG.',
    );
  }
  if (values.registry === undefined) {
    throw new Error(
      'The run publishes images: add --registry <host[:port]>, a registry that this machine may push to and the cluster pulls from.',
    );
  }
  return {
    cluster: values.cluster,
    brought: {
      kubeconfig,
      registry: values.registry,
      registryInsecure: values['registry-insecure'],
    },
    ...(values.releases === undefined ? {} : { releasesUrl: values.releases }),
    ...shared,
  };
}
