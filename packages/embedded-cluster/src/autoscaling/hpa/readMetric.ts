import {
  desiredReplicasOfMilli,
  replicasForTotal,
  toMilli,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ExternalMetrics } from '../ExternalMetrics';
import { AutoscalerSpec, MetricSpec } from './autoscalerSpec';
import { describeSelector } from './describeSelector';
import { formatMilli } from './formatMilli';
import { messageOf } from '../../runtime/messageOf';

/** What one of `spec.metrics` says about the replicas. */
export type MetricOutcome =
  | {
      status: 'read';
      replicas: number;
      /** As events and conditions name it. */
      metric: string;
      /** One of `status.currentMetrics`. */
      current: object;
    }
  | {
      status: 'failed';
      /** Reason of the condition and of the event. */
      reason: string;
      error: string;
      /** What the summary over all metrics puts before the error. */
      context: string;
    };

export interface MetricReading {
  namespace: string;
  spec: AutoscalerSpec;
  specReplicas: number;
  statusReplicas: number;
  readyPods(): number;
  external: ExternalMetrics;
  signal: AbortSignal;
}

const NO_RESOURCE_METRICS =
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
const NO_CUSTOM_METRICS =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';

async function readExternal(
  { metric, target }: NonNullable<MetricSpec['external']>,
  reading: MetricReading,
): Promise<MetricOutcome> {
  const { namespace, spec, external, signal } = reading;
  const { name, selector } = metric;
  const described = describeSelector(selector);
  let milli: number;
  try {
    const values = await external.read({
      namespace,
      metricName: name,
      selector,
      signal,
    });
    milli = values.reduce((sum, value) => sum + value.milli, 0);
  } catch (error) {
    return {
      status: 'failed',
      reason: 'FailedGetExternalMetric',
      error: `unable to get external metric ${namespace}/${name}/${described}: unable to fetch metrics from external metrics API: ${messageOf(
        error,
      )}`,
      context: `failed to get ${name} external metric value: ${
        target.averageValue === undefined
          ? `failed to get external metric ${name}`
          : `failed to get ${name} external metric`
      }: `,
    };
  }
  const { statusReplicas, specReplicas } = reading;
  const read = (replicas: number, current: object): MetricOutcome => ({
    status: 'read',
    replicas,
    metric: `external metric ${name}(${described})`,
    current: { type: 'External', external: { metric, current } },
  });
  if (target.averageValue !== undefined) {
    return read(
      desiredReplicasOfMilli(milli, statusReplicas, {
        ...spec,
        requestsPerSecondPerReplica: target.averageValue,
      }),
      {
        averageValue: formatMilli(
          statusReplicas === 0 ? 0 : Math.ceil(milli / statusReplicas),
        ),
      },
    );
  }
  if (target.value !== undefined) {
    return read(
      replicasForTotal(
        milli / toMilli(target.value),
        { replicas: specReplicas, readyPods: reading.readyPods() },
        spec,
      ),
      { value: formatMilli(milli) },
    );
  }
  return {
    status: 'failed',
    reason: 'FailedGetExternalMetric',
    error:
      'invalid external metric source: neither a value target nor an average value target was set',
    context: `failed to get ${name} external metric value: `,
  };
}

function noResourceMetrics(
  name: string,
  target: { averageValue?: number },
  { reason, context }: { reason: string; context: string },
): MetricOutcome {
  const what = target.averageValue === undefined ? 'utilization' : 'usage';
  return {
    status: 'failed',
    reason,
    error: `failed to get ${name} ${what}: unable to get metrics for resource ${name}: ${NO_RESOURCE_METRICS}`,
    context,
  };
}

/**
 * Reads one metric. The embedded cluster has external metrics and, like a
 * cluster without metrics-server and without an adapter, no others.
 */
export async function readMetric(
  metric: MetricSpec,
  reading: MetricReading,
): Promise<MetricOutcome> {
  const { external, resource, containerResource, pods, object } = metric;
  if (external) {
    return readExternal(external, reading);
  }
  if (resource) {
    return noResourceMetrics(resource.name, resource.target, {
      reason: 'FailedGetResourceMetric',
      context: `failed to get ${resource.name} resource metric value: `,
    });
  }
  if (containerResource) {
    return noResourceMetrics(containerResource.name, containerResource.target, {
      reason: 'FailedGetContainerResourceMetric',
      context: `failed to get ${containerResource.container} container metric value: `,
    });
  }
  if (pods) {
    return {
      status: 'failed',
      reason: 'FailedGetPodsMetric',
      error: `unable to get metric ${pods.metric.name}: ${NO_CUSTOM_METRICS}`,
      context: 'failed to get pods metric value: ',
    };
  }
  if (object) {
    const { kind, name } = object.describedObject;
    return {
      status: 'failed',
      reason: 'FailedGetObjectMetric',
      error: `unable to get metric ${object.metric.name}: ${kind} on ${reading.namespace} ${name}/${NO_CUSTOM_METRICS}`,
      context: 'failed to get object metric value: ',
    };
  }
  return {
    status: 'failed',
    reason: 'InvalidMetricSourceType',
    error: `unknown metric source type "${metric.type}"`,
    context: '',
  };
}
