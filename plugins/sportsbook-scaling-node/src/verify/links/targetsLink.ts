import {
  KubernetesObject,
  labelMatchers,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { InstantSample, PrometheusClient } from '../../ports/PrometheusClient';
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
    serviceName: string;
  },
): Promise<LinkOutcome<undefined>> {
  const { prometheus, pods, serviceName } = options;
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
        .join(', ')}`,
      nextStep: `check that a ServiceMonitor selects Service ${serviceName} and names its port, that the Prometheus selects this ServiceMonitor, and that its account may list services, pods and endpointslices; a new monitor takes up to 75 s`,
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
  return {
    holds: true,
    detail: `${pods.length} targets up`,
    value: undefined,
  };
}
