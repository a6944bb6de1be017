import {
  KubernetesObject,
  labelMatchers,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { sharedEndpoints } from '../../monitoring';
import { InstantSample, PrometheusClient } from '../../ports/PrometheusClient';
import { PrometheusQueryError } from '../../errors/PrometheusQueryError';
import { PrometheusUnreachableError } from '../../errors/PrometheusUnreachableError';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

function jobsOf(samples: InstantSample[]): string {
  return [...new Set(samples.map(({ labels }) => labels.job ?? 'unnamed'))]
    .sort()
    .join(', ');
}

/** Endpoints of a pod that several jobs, or several monitors of one job, scrape. */
function scrapedTwice(samples: InstantSample[]): InstantSample[] {
  return samples.filter(
    ({ labels }, index) =>
      samples.findIndex(other => other.labels.instance === labels.instance) !==
      index,
  );
}

async function lastErrorOf(
  prometheus: PrometheusClient,
  down: InstantSample,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const targets = await prometheus.targets({ signal });
    const target = targets.find(
      ({ labels, health }) =>
        health === 'down' &&
        labels.pod === down.labels.pod &&
        labels.instance === down.labels.instance,
    );
    return target === undefined ? '' : `: ${target.lastError}`;
  } catch {
    // Not every server that speaks PromQL lists targets; the reason only adds to the message.
    signal?.throwIfAborted();
    return '';
  }
}

/** What the targets of the pods tell besides; undefined for a server that does not list them. */
async function listedTargets(
  prometheus: PrometheusClient,
  options: {
    namespace: string;
    pods: KubernetesObject[];
    signal?: AbortSignal;
  },
) {
  const { namespace, pods, signal } = options;
  try {
    const names = pods.map(({ metadata }) => metadata.name);
    const targets = await prometheus.targets({ signal });
    return {
      shared: sharedEndpoints(targets, { namespace, pods: names }),
      // Of several endpoints of a pod, the slowest bounds what a window holds.
      scrapeIntervalSeconds: targets
        .filter(
          ({ labels }) =>
            labels.namespace === namespace && names.includes(labels.pod),
        )
        .flatMap(({ scrapeIntervalSeconds }) => scrapeIntervalSeconds ?? [])
        .sort((a, b) => b - a)
        .at(0),
    };
  } catch (error) {
    // One in front of several, such as Thanos, answers queries alone.
    signal?.throwIfAborted();
    if (
      error instanceof PrometheusQueryError ||
      error instanceof PrometheusUnreachableError
    ) {
      return undefined;
    }
    throw error;
  }
}

/** What is known of the scrapes of a service's pods. */
export interface ScrapedTargets {
  /** Undefined where the server does not say. */
  scrapeIntervalSeconds?: number;
}

/**
 * Each pod is scraped, successfully, and once.
 *
 * @remarks
 * A second monitor on the same endpoint makes a sum over all series count each
 * request twice.
 */
export async function targetsLink(
  { namespace, signal }: ChainProbe,
  options: {
    prometheus: PrometheusClient;
    pods: KubernetesObject[];
    service: KubernetesObject;
    /** What to say of the time that a new monitor takes. */
    takeUp: () => Promise<string>;
  },
): Promise<LinkOutcome<ScrapedTargets>> {
  const { prometheus, pods, service, takeUp } = options;
  const up = await prometheus.query(`up${labelMatchers({ namespace })}`, {
    signal,
  });
  const targets = pods.map(({ metadata: { name } }) => ({
    name,
    samples: up.filter(({ labels }) => labels.pod === name),
  }));
  const unknown = targets.filter(({ samples }) => samples.length === 0);
  if (unknown.length > 0) {
    return {
      holds: false,
      reason: `${prometheus.address} does not scrape ${unknown
        .map(({ name }) => name)
        .join(', ')} (${await takeUp()})`,
      nextStep: `check that a ServiceMonitor selects Service ${service.metadata.name} and names its port, that the Prometheus selects this ServiceMonitor, and that its account may list services, pods and endpointslices`,
    };
  }
  const down = targets
    .flatMap(({ samples }) => samples)
    .find(({ value }) => value !== 1);
  if (down !== undefined) {
    return {
      holds: false,
      reason: `the target of pod ${down.labels.pod} is down${await lastErrorOf(
        prometheus,
        down,
        signal,
      )}`,
      nextStep:
        'check that the pod serves its metrics on the port and path of the ServiceMonitor',
    };
  }
  const twice = targets.find(({ samples }) => scrapedTwice(samples).length > 0);
  if (twice !== undefined) {
    return {
      holds: false,
      reason: `pod ${twice.name} is scraped ${
        twice.samples.length
      } times (jobs ${jobsOf(
        twice.samples,
      )}), so that each request may count as often`,
      nextStep:
        'leave one ServiceMonitor or PodMonitor for these pods, and delete the others',
    };
  }
  const listed = await listedTargets(prometheus, { namespace, pods, signal });
  const shared = listed?.shared.at(0);
  if (shared !== undefined) {
    return {
      holds: false,
      reason: `pod ${shared.pod} is scraped at ${
        shared.instance
      } by ${shared.scrapePools.join(
        ' and ',
      )} into the same series, so that its rate cannot be trusted`,
      nextStep:
        'leave one ServiceMonitor or PodMonitor for these pods, and delete the others',
    };
  }
  return {
    holds: true,
    detail: `${pods.length} targets up${
      listed === undefined
        ? '; this server lists no targets, so that two monitors with the same labels would go unseen'
        : ', each of one monitor'
    }`,
    value: { scrapeIntervalSeconds: listed?.scrapeIntervalSeconds },
  };
}
