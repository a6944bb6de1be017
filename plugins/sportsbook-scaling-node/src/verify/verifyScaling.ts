import {
  formatObjectRef,
  ObjectRef,
  readScaledObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { ScalingLink } from '../model/ScalingLink';
import { newestMonitor, TakeUp } from '../monitoring';
import { PrometheusClient } from '../ports/PrometheusClient';
import { autoscalerLink } from './links/autoscalerLink';
import { endpointsLink } from './links/endpointsLink';
import { externalMetricsLink } from './links/externalMetricsLink';
import { podsLink } from './links/podsLink';
import { prometheusLink } from './links/prometheusLink';
import { queryLink } from './links/queryLink';
import { scaledObjectLink } from './links/scaledObjectLink';
import { ScrapedTargets, targetsLink } from './links/targetsLink';
import { ChainProbe } from './ChainProbe';
import { ChainWalk } from './ChainWalk';
import { ownProbesQuery } from './ownProbesQuery';
import { publicAddress } from './publicAddress';
import { publicPrometheusAddress } from './publicPrometheusAddress';
import { scalingHazards } from './scalingHazards';

/** A fresh chain needs 35 to 75 s; this leaves room for slow image pulls. */
export const DEFAULT_VERIFY_SECONDS = 180;

/** Proof that a service scales. Plain JSON. */
export interface ScalingReport {
  /** All of SCALING_LINKS, in order. */
  links: ScalingLink[];
  /** What the trigger's query gave, or KEDA read; undefined where neither is known. */
  requestsPerSecond?: number;
  /** What holds today and hurts another day, each with what to do about it. */
  warnings: string[];
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
    triggers: z
      .array(
        z.object({
          type: z.string(),
          authenticationRef: z
            .object({ name: z.string(), kind: z.string().nullish() })
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

/** What is left to see of a server that Backstage has no credentials for. */
const UNSEEN = {
  holds: true,
  detail: 'not seen: the server answers KEDA alone',
  value: undefined,
} as const;

/** The object by which KEDA proves itself to Prometheus; undefined where it needs none. */
function authenticationOf(
  triggers: z.infer<typeof targetSchema>['spec']['triggers'],
): string | undefined {
  const reference = triggers?.find(
    ({ type }) => type === 'prometheus',
  )?.authenticationRef;
  return reference === undefined || reference === null
    ? undefined
    : `${reference.kind ?? 'TriggerAuthentication'} ${reference.name}`;
}

/** Whether a service's own scrapes and probes count as its load. */
async function probesCounted(options: {
  prometheus: PrometheusClient | undefined;
  query: string;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { prometheus, query, signal } = options;
  const asked = ownProbesQuery(query);
  if (prometheus === undefined || asked === undefined) {
    return [];
  }
  try {
    const counted = await prometheus.query(asked, { signal });
    return counted.length === 0
      ? []
      : [
          "the query also counts the service's own scrapes and probes, which grow with each replica: leave /metrics and the health routes out, by a matcher or in the service",
        ];
  } catch {
    // It only adds a warning.
    signal?.throwIfAborted();
    return [];
  }
}

export interface VerifyScalingOptions
  extends Pick<ChainProbe, 'client' | 'openPrometheus' | 'signal'> {
  target: { namespace: string; scaledObject: string };
  /** Of the whole walk, default {@link DEFAULT_VERIFY_SECONDS}. */
  timeoutSeconds?: number;
  /** Where node ports are reached, see {@link publicAddress}. */
  nodeAddress?: string;
  /** Prometheus servers of the cluster that the configuration describes. Default none. */
  configuredPrometheus?: readonly ConfiguredPrometheus[];
  /** One line for people: a link holds, or what it waits for. */
  onStep?: (line: string) => void;
  /** One of the report's warnings, as soon as it is known. */
  onWarning?: (line: string) => void;
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
  const { namespace } = target;
  const ref: ObjectRef = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    name: target.scaledObject,
    namespace,
  };
  const walk = new ChainWalk({
    subject: formatObjectRef(ref),
    timeoutSeconds: options.timeoutSeconds ?? DEFAULT_VERIFY_SECONDS,
    onStep,
    signal,
  });

  const object = await client.get(ref, { signal });
  if (object === undefined) {
    throw walk.broken('scaledObject', {
      reason: `there is no ${formatObjectRef(ref)} on cluster '${
        client.cluster
      }'`,
      nextStep: 'apply it, or correct the name',
    });
  }
  const scaledObject = readScaledObject(object);
  const { trigger } = scaledObject;
  if (trigger === undefined) {
    throw walk.broken('query', {
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
  const { scaleTargetRef, triggers } = targetSchema.parse(object).spec;
  const { apiVersion, kind } = scaleTargetRef;
  const catalog = await client.discover({ signal });
  if (catalog.find(apiVersion, kind)?.namespaced === false) {
    throw walk.broken('pods', {
      reason: `it scales a ${kind}, which belongs to no namespace`,
      nextStep: `name a workload of namespace '${namespace}' in spec.scaleTargetRef`,
    });
  }

  const pods = await walk.hold('pods', () => podsLink(probe, scaleTargetRef));
  const service = await walk.hold('endpoints', () =>
    endpointsLink(probe, pods),
  );
  const prometheus = await walk.hold('prometheus', () =>
    prometheusLink(probe, {
      serverAddress: trigger.serverAddress,
      authenticatedBy: authenticationOf(triggers),
    }),
  );
  const takeUp = new TakeUp({
    client,
    serverAddress: trigger.serverAddress,
    configured: options.configuredPrometheus ?? [],
    onStep,
    signal,
  });
  const scraped = await walk.hold<ScrapedTargets | undefined>(
    'targets',
    async () => {
      if (prometheus === undefined) {
        return UNSEEN;
      }
      // Pods may be replaced while Prometheus learns of them.
      const now = await podsLink(probe, scaleTargetRef);
      return now.holds
        ? targetsLink(probe, {
            prometheus,
            pods: now.value,
            service,
            takeUp: async () =>
              takeUp.look(await newestMonitor({ client, service, signal })),
          })
        : now;
    },
  );
  const queried = await walk.hold<number | undefined>('query', async () =>
    prometheus === undefined
      ? UNSEEN
      : queryLink(probe, { prometheus, query: trigger.query, ...scraped }),
  );
  const taken = await walk.hold('scaledObject', () =>
    scaledObjectLink(probe, ref),
  );
  const total = await walk.hold('externalMetrics', () =>
    externalMetricsLink(probe, taken),
  );
  const autoscaler = await walk.hold('autoscaler', () =>
    autoscalerLink(probe, taken.view),
  );
  const warnings = [
    ...scalingHazards(object, scraped),
    ...(await probesCounted({ prometheus, query: trigger.query, signal })),
  ];
  warnings.forEach(warning => options.onWarning?.(warning));

  const place = { client, nodeAddress, signal };
  const inCluster = `http://${service.metadata.name}.${namespace}.svc`;
  return {
    links: walk.links,
    requestsPerSecond:
      queried ??
      total ??
      (autoscaler.averageRequestsPerSecond === undefined
        ? undefined
        : autoscaler.averageRequestsPerSecond * autoscaler.currentReplicas),
    warnings,
    autoscaler: {
      name: autoscaler.name,
      minReplicas: autoscaler.minReplicas,
      maxReplicas: autoscaler.maxReplicas,
      requestsPerSecondPerReplica: trigger.requestsPerSecondPerReplica,
    },
    seconds: Math.round(walk.elapsedSeconds() * 10) / 10,
    serviceUrl: (await publicAddress({ ...place, service })) ?? inCluster,
    prometheusUrl: await publicPrometheusAddress({
      ...place,
      serverAddress: trigger.serverAddress,
    }),
  };
}
