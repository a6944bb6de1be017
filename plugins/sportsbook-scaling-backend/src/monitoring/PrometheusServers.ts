import { NotAllowedError } from '@backstage/errors';
import {
  PrometheusChoices,
  PrometheusDetection,
  serviceMonitorLabels,
  sportsbookScalingApplyPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ANY_TEMPLATE,
  ApplyPolicy,
  choosePrometheus,
  ClusterForbiddenError,
  ClusterSettings,
  ClusterUnreachableError,
  coversNamespace,
  describeServers,
  KnownServers,
  KubernetesClient,
  MonitorPlace,
  PROMETHEUS,
  readKnownServers,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterClients } from '../ClusterClients';
import { ChoiceUser } from '../choices/ChoiceUser';
import { listObjects } from './listObjects';

/** Which servers somebody asks for, in the form of which service. */
export interface PrometheusQuestion {
  user: ChoiceUser;
  /** Entity ref of the template whose form it is; undefined: any template. */
  templateRef?: string;
  cluster: string;
  namespace: string;
  /** Name of the service; undefined while it has none. */
  service?: string;
  /** Kubernetes token of the user, where the cluster is reached with it. */
  userToken?: string;
  signal?: AbortSignal;
}

/** What could be found out about a cluster's servers, and about the namespace. */
interface Findings {
  known: KnownServers;
  detection: PrometheusDetection;
  namespaceLabels: Record<string, string> | undefined;
}

/**
 * The Prometheus servers of a cluster, and which of them will scrape a service
 * of a namespace. Neither headers nor credentials are told.
 */
export class PrometheusServers {
  readonly #clusters: ClusterClients;
  readonly #policy: ApplyPolicy;
  readonly #settings: ClusterSettings;
  readonly #namespaces: readonly string[];

  constructor(options: {
    clusters: ClusterClients;
    policy: ApplyPolicy;
    settings: ClusterSettings;
    /** Where else to look for servers when not all may be listed. */
    namespaces: readonly string[];
  }) {
    this.#clusters = options.clusters;
    this.#policy = options.policy;
    this.#settings = options.settings;
    this.#namespaces = options.namespaces;
  }

  /**
   * @throws NotAllowedError for a namespace that the user may create nothing in
   * @throws UnknownClusterError for a cluster that Backstage does not know
   */
  async of(question: PrometheusQuestion): Promise<PrometheusChoices> {
    this.#assertAllowed(question);
    const { cluster, namespace, service } = question;
    const { known, detection, namespaceLabels } = await this.#find(question);
    const monitor: MonitorPlace = {
      kind: 'ServiceMonitor',
      // A selector by the name of a service means another one than this.
      labels: serviceMonitorLabels(service ?? ''),
      namespace,
      namespaceLabels,
    };
    return {
      cluster,
      namespace,
      detection,
      servers: choosePrometheus(monitor, describeServers(known)),
    };
  }

  #assertAllowed({
    user,
    templateRef,
    cluster,
    namespace,
  }: PrometheusQuestion): void {
    if (!user.mayApply) {
      throw new NotAllowedError(
        `${user.identity.ref} does not have the permission '${sportsbookScalingApplyPermission.name}', which reaching a cluster takes. Ask those who run Backstage to grant it.`,
      );
    }
    const allowed = this.#policy.namespacesFor(
      user.identity,
      templateRef ?? ANY_TEMPLATE,
      cluster,
    );
    if (!coversNamespace(allowed, namespace)) {
      throw new NotAllowedError(
        `No rule allows ${user.identity.ref} to create in namespace '${namespace}' of cluster '${cluster}'. Ask those who run Backstage for a rule in sportsbookScaling.apply.rules.`,
      );
    }
  }

  async #find(question: PrometheusQuestion): Promise<Findings> {
    const { cluster, userToken, signal } = question;
    const { access, prometheus: configured } = this.#settings.for(cluster);
    const unseen = (detection: PrometheusDetection): Findings => ({
      known: { objects: [], services: new Map(), configured },
      detection,
      namespaceLabels: undefined,
    });
    if (access === 'userToken' && userToken === undefined) {
      return unseen({
        status: 'forbidden',
        reason: `Cluster ${cluster} shows its servers to people with a Kubernetes token of their own only.`,
      });
    }
    const client = this.#clusters.forCluster(
      cluster,
      access === 'userToken' ? { userToken } : {},
    );
    try {
      return await this.#read(client, question, configured);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ClusterUnreachableError) {
        return unseen({ status: 'unreachable', reason: error.message });
      }
      throw error;
    }
  }

  async #read(
    client: KubernetesClient,
    { namespace, cluster, signal }: PrometheusQuestion,
    configured: KnownServers['configured'],
  ): Promise<Findings> {
    const [{ known, unreadable }, catalog, namespaceLabels] = await Promise.all(
      [
        readKnownServers({
          list: listObjects(client, signal),
          namespaces: [namespace, ...this.#namespaces],
          configured,
        }),
        client.discover({ signal }),
        this.#namespaceLabels(client, { namespace, cluster, signal }),
      ],
    );
    const isInstalled =
      catalog.find(PROMETHEUS.apiVersion, PROMETHEUS.kind) !== undefined;
    return {
      known,
      namespaceLabels,
      detection: detectionOf(isInstalled, unreadable),
    };
  }

  /** Undefined where they may not be read; those that it will get where it is made first. */
  async #namespaceLabels(
    client: KubernetesClient,
    options: { namespace: string; cluster: string; signal?: AbortSignal },
  ): Promise<Record<string, string> | undefined> {
    const { namespace, cluster, signal } = options;
    try {
      const found = await client.get(
        { apiVersion: 'v1', kind: 'Namespace', name: namespace },
        { signal },
      );
      return found === undefined
        ? this.#settings.for(cluster).namespaceCreation?.labels ?? {}
        : found.metadata.labels ?? {};
    } catch (error) {
      if (error instanceof ClusterForbiddenError) {
        return undefined;
      }
      throw error;
    }
  }
}

function detectionOf(
  isInstalled: boolean,
  unreadable: string | undefined,
): PrometheusDetection {
  if (!isInstalled) {
    return { status: 'notInstalled' };
  }
  return unreadable === undefined
    ? { status: 'complete' }
    : { status: 'forbidden', reason: unreadable };
}
