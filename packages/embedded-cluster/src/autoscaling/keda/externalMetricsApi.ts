import { timestamp, type Clock } from '../../model/Clock';
import { StatusError } from '../../model/StatusError';
import type { AggregatedApi } from '../../ports/AggregatedApi';
import type { KedaExternalMetrics } from './KedaExternalMetrics';

export const EXTERNAL_METRICS = {
  group: 'external.metrics.k8s.io',
  version: 'v1beta1',
} as const;

/** `external.metrics.k8s.io/v1beta1`, as KEDA's metrics server answers it. */
export function externalMetricsApi(
  metrics: KedaExternalMetrics,
  clock: Clock,
): AggregatedApi {
  return {
    ...EXTERNAL_METRICS,
    resources: () => [
      {
        name: 'externalmetrics',
        singularName: '',
        namespaced: true,
        kind: 'ExternalMetricValueList',
        verbs: ['get'],
      },
    ],
    get: async (path, query, { signal }) => {
      const match = /^namespaces\/([^/]+)\/([^/]+)$/.exec(path);
      if (!match) {
        throw new StatusError({
          code: 404,
          reason: 'NotFound',
          message: 'the server could not find the requested resource',
          details: {},
        });
      }
      const [, namespace, metricName] = match;
      const values = await metrics.query({
        namespace,
        metricName,
        labelSelector: query.get('labelSelector') ?? '',
        signal,
      });
      return {
        kind: 'ExternalMetricValueList',
        apiVersion: `${EXTERNAL_METRICS.group}/${EXTERNAL_METRICS.version}`,
        metadata: {},
        items: values.map(value => ({
          metricName: value.metricName,
          metricLabels: null,
          timestamp: timestamp(clock.now()),
          value: value.text,
        })),
      };
    },
  };
}
