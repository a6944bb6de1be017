import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { InstantSample } from '../ports/PrometheusClient';
import { FakeCluster } from './FakeCluster';
import { FakePrometheus } from './FakePrometheus';
import { deployment, scaledObject, service } from './serviceManifests';

export const SCALING_QUERY =
  'sum(rate(http_server_requests_seconds_count[30s]))';
/** Where the autoscaler's controller asks for the trigger's metric. */
export const EXTERNAL_METRIC_PATH =
  '/apis/external.metrics.k8s.io/v1beta1/namespaces/betting/s0-prometheus';
export const UP_QUERY = 'up{namespace="betting"}';

const podLabels = { 'app.kubernetes.io/name': 'odds' };

export function refIn(
  apiVersion: string,
  kind: string,
  name: string,
): ObjectRef {
  return { apiVersion, kind, name, namespace: 'betting' };
}

export const scaledObjectRef = refIn(
  'keda.sh/v1alpha1',
  'ScaledObject',
  'odds',
);
export const autoscalerRef = refIn(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'keda-hpa-odds',
);

function placed(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, namespace: 'betting' } };
}

function pod(name: string): KubernetesObject {
  return placed({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: podLabels },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
}

export function up(
  podName: string,
  value = 1,
  labels: Record<string, string> = {},
): InstantSample {
  return {
    labels: {
      pod: podName,
      instance: `${podName}:8080`,
      job: 'odds',
      ...labels,
    },
    at: 0,
    value,
  };
}

/** A service of two pods, every link of whose chain holds. */
export async function scalingChain() {
  const client = new FakeCluster(['betting']);
  const prometheus = new FakePrometheus();
  client.seed(placed(deployment));
  client.seed(placed(service));
  client.seed(pod('odds-a'));
  client.seed(pod('odds-b'));
  const pods = await client.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: 'betting' },
  );
  client.seed(
    placed({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'odds-1',
        labels: { 'kubernetes.io/service-name': 'odds' },
      },
      endpoints: pods.items.map(({ metadata }) => ({
        conditions: { ready: true },
        targetRef: { uid: metadata.uid },
      })),
    }),
  );
  client.seed({
    ...placed(scaledObject()),
    status: {
      hpaName: 'keda-hpa-odds',
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Active', status: 'False' },
        { type: 'Fallback', status: 'False' },
        { type: 'HPAActive', status: 'True', reason: 'HPAActive' },
      ],
    },
  });
  client.seed(
    placed({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'keda-hpa-odds' },
      spec: {
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          {
            type: 'External',
            external: {
              metric: { name: 's0-prometheus' },
              target: { type: 'AverageValue', averageValue: '100' },
            },
          },
        ],
      },
      status: {
        conditions: [
          { type: 'AbleToScale', status: 'True' },
          { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
        ],
      },
    }),
  );
  client.rawAnswers.set(EXTERNAL_METRIC_PATH, {
    status: 200,
    contentType: 'application/json',
    text: JSON.stringify({
      kind: 'ExternalMetricValueList',
      apiVersion: 'external.metrics.k8s.io/v1beta1',
      metadata: {},
      items: [{ metricName: 's0-prometheus', value: '12340m' }],
    }),
  });
  prometheus.answers.set(UP_QUERY, [up('odds-a'), up('odds-b')]);
  prometheus.answers.set(SCALING_QUERY, [{ labels: {}, at: 0, value: 12.34 }]);
  return { client, prometheus };
}
