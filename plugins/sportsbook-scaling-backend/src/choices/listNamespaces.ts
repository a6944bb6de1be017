import {
  KubernetesObject,
  ListedNamespaces,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ClusterForbiddenError,
  ClusterUnreachableError,
  coversNamespace,
  KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterClients } from '../ClusterClients';

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };

/** Beyond it a form is no place to choose, and the API server has better to do. */
const MOST_REVIEWS = 200;
const REVIEWS_AT_ONCE = 10;

/** What creating a service takes above all. */
const CREATE_DEPLOYMENTS = {
  verb: 'create',
  group: 'apps',
  resource: 'deployments',
};

function isActive({ status, metadata }: KubernetesObject): boolean {
  const phase =
    typeof status === 'object' && status !== null && 'phase' in status
      ? status.phase
      : 'Active';
  return phase === 'Active' && metadata.deletionTimestamp === undefined;
}

/** Those in which the user's own token may create. */
async function reviewed(
  client: KubernetesClient,
  names: string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const usable: string[] = [];
  const asked = names.slice(0, MOST_REVIEWS);
  for (let start = 0; start < asked.length; start += REVIEWS_AT_ONCE) {
    const group = asked.slice(start, start + REVIEWS_AT_ONCE);
    const answers = await Promise.all(
      group.map(namespace =>
        client.can({ ...CREATE_DEPLOYMENTS, namespace }, { signal }),
      ),
    );
    usable.push(...group.filter((_, index) => answers[index].allowed));
  }
  return usable;
}

/** All active namespaces; where they may not be listed, those that rules name in full. */
async function namesOnCluster(
  client: KubernetesClient,
  allowed: string[],
  signal?: AbortSignal,
): Promise<string[]> {
  try {
    const { items } = await client.list(NAMESPACE, { signal });
    return items.filter(isActive).map(({ metadata }) => metadata.name);
  } catch (error) {
    const whole = allowed.filter(name => !name.includes('*'));
    if (!(error instanceof ClusterForbiddenError) || whole.length === 0) {
      throw error;
    }
    const found = await Promise.all(
      whole.map(name => client.get({ ...NAMESPACE, name }, { signal })),
    );
    return found.flatMap(object =>
      object !== undefined && isActive(object) ? [object.metadata.name] : [],
    );
  }
}

function failureOf(cluster: string, error: unknown): ListedNamespaces {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ClusterForbiddenError) {
    return { status: 'forbidden', message };
  }
  if (error instanceof ClusterUnreachableError) {
    return { status: 'unreachable', message };
  }
  return {
    status: 'failed',
    message: `The namespaces of cluster ${cluster} could not be listed: ${message}`,
  };
}

/**
 * The namespaces of a cluster that rules allow: as Backstage's account sees
 * them, or with the user's token those in which he may create by the cluster's
 * own rules. A failure is part of the answer: a form goes on without a list.
 */
export async function listNamespaces(options: {
  cluster: string;
  clusters: ClusterClients;
  access: 'sharedAccount' | 'userToken';
  userToken?: string;
  allowed: string[];
  signal?: AbortSignal;
}): Promise<ListedNamespaces> {
  const { cluster, clusters, access, userToken, allowed, signal } = options;
  if (access === 'userToken' && userToken === undefined) {
    return {
      status: 'tokenNeeded',
      message: `Cluster ${cluster} shows its namespaces to people with a Kubernetes token of their own only.`,
    };
  }
  try {
    const client = clusters.forCluster(
      cluster,
      access === 'userToken' ? { userToken } : {},
    );
    const names = (await namesOnCluster(client, allowed, signal))
      .filter(name => coversNamespace(allowed, name))
      .sort();
    return {
      status: 'listed',
      names:
        access === 'userToken' ? await reviewed(client, names, signal) : names,
    };
  } catch (error) {
    signal?.throwIfAborted();
    return failureOf(cluster, error);
  }
}
