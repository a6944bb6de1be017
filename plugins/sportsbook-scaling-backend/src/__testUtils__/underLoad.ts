import {
  KubernetesObject,
  SCALED_OBJECT_ANNOTATIONS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { RawAnswer } from '@sportsbook/plugin-sportsbook-scaling-node';
import deployment from '../__fixtures__/under-load.deployment.json';
import hpa from '../__fixtures__/under-load.hpa.json';
import scaledObject from '../__fixtures__/under-load.scaledobject.json';
import { FakeClusterClient } from './FakeClusterClient';

export const UNDER_LOAD_TARGET = {
  cluster: 'dev',
  namespace: 'rev',
  scaledObject: 'sb-api',
};

export const UNDER_LOAD_SUBJECT = {
  entityRef: 'component:default/sb-api',
  target: UNDER_LOAD_TARGET,
};

/** The moment that the fixtures were recorded. */
export const UNDER_LOAD_AT = Date.parse('2026-11-23T23:47:50Z') / 1000;

/** In the shape in which the autoscaler writes it. */
const rescaled: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'keda-hpa-sb-api.1', namespace: 'rev' },
  involvedObject: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    name: 'keda-hpa-sb-api',
    namespace: 'rev',
  },
  reason: 'SuccessfulRescale',
  message:
    'New size: 3; reason: external metric s0-prometheus(&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: sb-api,},MatchExpressions:[]LabelSelectorRequirement{},}) above target',
  type: 'Normal',
  count: 1,
  firstTimestamp: '2026-11-23T23:46:52Z',
  lastTimestamp: '2026-11-23T23:46:52Z',
};

/** An event of somebody else in the same namespace. */
const foreign: KubernetesObject = {
  ...rescaled,
  metadata: { name: 'keda-hpa-other.1', namespace: 'rev' },
  involvedObject: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    name: 'keda-hpa-other',
    namespace: 'rev',
  },
  message: 'New size: 9; reason: All metrics below target',
};

/** 250 requests/s from three replicas, as Prometheus' API answers. */
export function prometheusUnderLoad(path: string): RawAnswer {
  const url = new URL(path, 'http://api-server');
  const query = url.searchParams.get('query') ?? '';
  if (url.pathname.endsWith('/api/v1/query')) {
    return answer('vector', [{ metric: {}, value: [UNDER_LOAD_AT, '250.25'] }]);
  }
  const at = Number(url.searchParams.get('end'));
  const value = query.startsWith('count(up') ? '2' : '240';
  return answer('matrix', [
    {
      metric: {},
      values: [
        [at - 30, 'NaN'],
        [at - 15, value],
        [at, value],
      ],
    },
  ]);
}

export function answer(resultType: string, result: unknown[]): RawAnswer {
  return {
    status: 200,
    contentType: 'application/json',
    text: JSON.stringify({ status: 'success', data: { resultType, result } }),
  };
}

/** The recorded objects with the annotation that names their entity, as KEDA copies it. */
export function objectsOwnedBy(entityRef: string): KubernetesObject[] {
  const annotations = { [SCALED_OBJECT_ANNOTATIONS.entityRef]: entityRef };
  return [
    {
      ...scaledObject,
      metadata: { ...scaledObject.metadata, annotations },
    },
    { ...hpa, metadata: { ...hpa.metadata, annotations } },
    deployment,
    rescaled,
    foreign,
  ];
}

/** The recorded cluster, with what the test wants to be different. */
export function clusterUnderLoad(
  options: {
    objects?: KubernetesObject[];
    prometheus?: (path: string) => RawAnswer;
    gitVersion?: string;
  } = {},
): FakeClusterClient {
  return new FakeClusterClient({
    gitVersion: options.gitVersion,
    cluster: UNDER_LOAD_TARGET.cluster,
    objects: options.objects ?? [
      scaledObject,
      hpa,
      deployment,
      rescaled,
      foreign,
    ],
    prometheus: options.prometheus ?? prometheusUnderLoad,
  });
}

export { deployment, hpa, scaledObject };
