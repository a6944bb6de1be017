import { KubernetesClient } from '../ports/KubernetesClient';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { sleep } from '../sleep';
import { OPERATOR_POD_LABELS, OPERATOR_PORT } from './operatorManifests';

const POLL_MILLISECONDS = 1_000;

/** `1` once the controller's informers have their first lists, and it reconciles. */
const READY =
  /^prometheus_operator_ready\{[^}]*controller="prometheus"[^}]*\} 1$/m;

/**
 * - `ready`: its Prometheus controller reconciles.
 * - `waiting`: it does not yet; without a right that it needs it never will.
 * - `unknown`: its metrics may not be read, for the reason given.
 */
type Readiness =
  | { status: 'ready' }
  | { status: 'waiting' }
  | { status: 'unknown'; reason: string };

async function readinessOf(
  client: KubernetesClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<Readiness> {
  const { items } = await client.list(
    { apiVersion: 'v1', kind: 'Pod' },
    {
      namespace,
      labelSelector: Object.entries(OPERATOR_POD_LABELS)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
      signal,
    },
  );
  const pods = items.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  for (const { metadata } of pods) {
    const answer = await client.getRaw(
      `/api/v1/namespaces/${namespace}/pods/${metadata.name}:${OPERATOR_PORT}/proxy/metrics`,
      { signal },
    );
    if (answer.status === 403) {
      return {
        status: 'unknown',
        reason: `the account may not read pods/proxy in ${namespace}`,
      };
    }
    if (answer.status === 200 && READY.test(answer.text)) {
      return { status: 'ready' };
    }
  }
  return { status: 'waiting' };
}

/**
 * Waits until the operator's Prometheus controller says that it reconciles. Its
 * Deployment is available before, and stays so where a right is missing.
 *
 * @returns whether that could be seen; `reason` says why not
 * @throws Error after `timeoutSeconds`
 */
export async function awaitOperatorReady(options: {
  client: KubernetesClient;
  namespace: string;
  timeoutSeconds: number;
  signal?: AbortSignal;
}): Promise<{ seen: true } | { seen: false; reason: string }> {
  const { client, namespace, timeoutSeconds, signal } = options;
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    let readiness: Readiness;
    try {
      readiness = await readinessOf(client, namespace, signal);
    } catch (error) {
      if (!(error instanceof ClusterForbiddenError)) {
        throw error;
      }
      readiness = { status: 'unknown', reason: error.message };
    }
    if (readiness.status === 'ready') {
      return { seen: true };
    }
    if (readiness.status === 'unknown') {
      return { seen: false, reason: readiness.reason };
    }
    if (performance.now() > deadline) {
      throw new Error(
        `timeout after ${timeoutSeconds} s waiting until the Prometheus operator in namespace '${namespace}' reconciles. Its log says which list it waits for: kubectl --namespace ${namespace} logs deployment/prometheus-operator`,
      );
    }
    await sleep(POLL_MILLISECONDS, { signal });
  }
}
