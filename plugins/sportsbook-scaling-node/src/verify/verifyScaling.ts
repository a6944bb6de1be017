import {
  formatObjectRef,
  ObjectRef,
  readScaledObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ClusterUnreachableError } from '../errors/ClusterUnreachableError';
import { PrometheusUnreachableError } from '../errors/PrometheusUnreachableError';
import { ScalingChainBrokenError } from '../errors/ScalingChainBrokenError';
import { parsePrometheusAddress } from '../prometheus/prometheusAddress';
import { sleep } from '../kubernetes/sleep';
import { autoscalerLink } from './links/autoscalerLink';
import { endpointsLink } from './links/endpointsLink';
import { podsLink } from './links/podsLink';
import { prometheusLink } from './links/prometheusLink';
import { queryLink } from './links/queryLink';
import { scaledObjectLink } from './links/scaledObjectLink';
import { targetsLink } from './links/targetsLink';
import { ChainProbe } from './ChainProbe';
import { publicAddress } from './publicAddress';
import {
  LinkOutcome,
  ScalingLink,
  ScalingLinkId,
  SCALING_LINKS,
} from './ScalingLink';

/** A fresh chain needs 35 to 75 s; this leaves room for slow image pulls. */
export const DEFAULT_VERIFY_SECONDS = 180;
const PAUSE_MILLISECONDS = 2_000;

/** Proof that a service scales. Plain JSON. */
export interface ScalingReport {
  /** All of SCALING_LINKS, in order. */
  links: ScalingLink[];
  /** What the trigger's query gave. */
  requestsPerSecond: number;
  autoscaler: {
    name: string;
    minReplicas: number;
    maxReplicas: number;
    requestsPerSecondPerReplica: number;
  };
  /** Of the whole walk. */
  seconds: number;
  /** Where people reach the service. */
  serviceUrl: string;
  /** Where people reach the Prometheus that the trigger asks. */
  prometheusUrl: string;
}

const targetSchema = z.object({
  spec: z.object({
    scaleTargetRef: z.object({
      apiVersion: z.string().default('apps/v1'),
      kind: z.string().default('Deployment'),
      name: z.string(),
    }),
  }),
});

export interface VerifyScalingOptions
  extends Pick<ChainProbe, 'client' | 'openPrometheus' | 'signal'> {
  target: { namespace: string; scaledObject: string };
  /** Of the whole walk, default {@link DEFAULT_VERIFY_SECONDS}. */
  timeoutSeconds?: number;
  /** Where node ports are reached, see {@link publicAddress}. */
  nodeAddress?: string;
  /** One line for people: a link holds, or what it waits for. */
  onStep?: (line: string) => void;
}

/**
 * Walks the chain from the pods to the autoscaler and proves each link, giving
 * each the time that is left.
 *
 * @throws ScalingChainBrokenError naming the first link that does not hold, why, and what to do
 * @throws the signal's reason when it aborts
 */
export async function verifyScaling(
  options: VerifyScalingOptions,
): Promise<ScalingReport> {
  const { client, openPrometheus, target, nodeAddress, onStep, signal } =
    options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_VERIFY_SECONDS;
  const { namespace } = target;
  const start = performance.now();
  const elapsedSeconds = () => (performance.now() - start) / 1000;
  const ref: ObjectRef = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    name: target.scaledObject,
    namespace,
  };
  const links: ScalingLink[] = [];
  const broken = (
    link: ScalingLinkId,
    { reason, nextStep }: { reason: string; nextStep: string },
  ) =>
    new ScalingChainBrokenError(
      formatObjectRef(ref),
      { link, reason, nextStep, afterSeconds: elapsedSeconds() },
      links,
    );

  const hold = async <T>(
    id: ScalingLinkId,
    look: () => Promise<LinkOutcome<T>>,
  ): Promise<T> => {
    let said: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const outcome = await look().catch((error: unknown): LinkOutcome<T> => {
        signal?.throwIfAborted();
        if (!isUnreachable(error)) {
          throw error;
        }
        return {
          holds: false,
          reason: error.message,
          nextStep: 'check that the cluster and Prometheus can be reached',
        };
      });
      if (outcome.holds) {
        const seconds = Math.round(elapsedSeconds() * 10) / 10;
        const title = SCALING_LINKS[id];
        links.push({ id, title, detail: outcome.detail, seconds });
        onStep?.(`${title}: ${outcome.detail} (${seconds} s)`);
        return outcome.value;
      }
      if (outcome.hopeless || elapsedSeconds() > timeoutSeconds) {
        throw broken(id, outcome);
      }
      if (outcome.reason !== said) {
        said = outcome.reason;
        onStep?.(`Waiting: ${outcome.reason}`);
      }
      await sleep(PAUSE_MILLISECONDS, { signal });
    }
  };

  const object = await client.get(ref, { signal });
  if (object === undefined) {
    throw broken('scaledObject', {
      reason: `there is no ${formatObjectRef(ref)} on cluster '${
        client.cluster
      }'`,
      nextStep: 'apply it, or correct the name',
    });
  }
  const scaledObject = readScaledObject(object);
  const { trigger } = scaledObject;
  if (trigger === undefined) {
    throw broken('query', {
      reason:
        'it has no prometheus trigger with a query, a serverAddress and a threshold per replica',
      nextStep: 'add one, with metricType AverageValue',
    });
  }
  const probe: ChainProbe = {
    client,
    openPrometheus,
    namespace,
    scaledObject,
    signal,
  };
  const { scaleTargetRef } = targetSchema.parse(object).spec;

  const pods = await hold('pods', () => podsLink(probe, scaleTargetRef));
  const service = await hold('endpoints', () => endpointsLink(probe, pods));
  const prometheus = await hold('prometheus', () =>
    prometheusLink(probe, trigger.serverAddress),
  );
  await hold('targets', async () => {
    // Pods may be replaced while Prometheus learns of them.
    const now = await podsLink(probe, scaleTargetRef);
    return now.holds
      ? targetsLink(probe, {
          prometheus,
          pods: now.value,
          serviceName: service.metadata.name,
        })
      : now;
  });
  const requestsPerSecond = await hold('query', () =>
    queryLink(probe, { prometheus, query: trigger.query }),
  );
  const taken = await hold('scaledObject', () => scaledObjectLink(probe, ref));
  const autoscaler = await hold('autoscaler', () =>
    autoscalerLink(probe, taken),
  );

  const place = { client, nodeAddress, signal };
  const inCluster = `http://${service.metadata.name}.${namespace}.svc`;
  return {
    links,
    requestsPerSecond,
    autoscaler: {
      name: autoscaler.name,
      minReplicas: autoscaler.minReplicas,
      maxReplicas: autoscaler.maxReplicas,
      requestsPerSecondPerReplica: trigger.requestsPerSecondPerReplica,
    },
    seconds: Math.round(elapsedSeconds() * 10) / 10,
    serviceUrl: (await publicAddress({ ...place, service })) ?? inCluster,
    prometheusUrl: await prometheusAddress(trigger.serverAddress, place),
  };
}

function isUnreachable(error: unknown): error is Error {
  return (
    error instanceof ClusterUnreachableError ||
    error instanceof PrometheusUnreachableError
  );
}

/** The public address of the Service that a trigger names; any other address as it is. */
async function prometheusAddress(
  serverAddress: string,
  place: {
    client: ChainProbe['client'];
    nodeAddress?: string;
    signal?: AbortSignal;
  },
): Promise<string> {
  const named = parsePrometheusAddress(serverAddress);
  if (named.type === 'direct') {
    return serverAddress;
  }
  const service = await place.client.get(
    {
      apiVersion: 'v1',
      kind: 'Service',
      name: named.service,
      namespace: named.namespace,
    },
    { signal: place.signal },
  );
  const address =
    service === undefined
      ? undefined
      : await publicAddress({ ...place, service, port: named.port });
  return address === undefined ? serverAddress : `${address}${named.prefix}`;
}
