import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../../testUtils';
import { sleep } from '../../sleep';
import {
  KEDA_DEFINITIONS,
  KnownDefinition,
  OPERATOR_DEFINITIONS,
} from '../definitionNames';
import { EXTERNAL_METRICS_API } from '../inspect/inspectExternalMetrics';

/** A definition as release manifests have it, less its schema. */
export function definitionObject(
  { name, apiVersion, kind }: KnownDefinition,
  version?: string,
): KubernetesObject {
  const [group, served] = apiVersion.split('/');
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name,
      ...(version === undefined
        ? {}
        : { annotations: { 'operator.prometheus.io/version': version } }),
    },
    spec: {
      group,
      scope: kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced',
      names: { kind, plural: name.slice(0, name.indexOf('.')) },
      versions: [{ name: served, served: true }],
    },
  };
}

/** A Deployment that the controller manager has seen. */
export function deploymentObject(options: {
  name: string;
  namespace: string;
  image: string;
  args?: string[];
  isAvailable?: boolean;
  labels?: Record<string, string>;
}): KubernetesObject {
  const { name, namespace, image, args, isAvailable = true } = options;
  const count = isAvailable ? 1 : 0;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: options.labels ?? {} },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image, args: args ?? [] }] },
      },
    },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: count,
      availableReplicas: count,
    },
  };
}

/** A cluster with neither operator nor KEDA. */
export function bareCluster(): FakeCluster {
  const cluster = new FakeCluster(['default', 'kube-system', 'monitoring']);
  cluster.uninstall('monitoring.coreos.com');
  cluster.uninstall('keda.sh');
  cluster.definitionDelayMs = 0;
  return cluster;
}

/** Stores definitions and waits until they are served. */
export async function define(
  cluster: FakeCluster,
  definitions: KnownDefinition[],
  version?: string,
): Promise<void> {
  definitions.forEach(definition =>
    cluster.seed(definitionObject(definition, version)),
  );
  const isServed = async () => {
    const catalog = await cluster.discover();
    return definitions.every(
      ({ apiVersion, kind }) => catalog.find(apiVersion, kind) !== undefined,
    );
  };
  while (!(await isServed())) {
    await sleep(1);
  }
}

/** The operator as somebody else has installed it. */
export async function addOperator(
  cluster: FakeCluster,
  options: {
    version?: string;
    args?: string[];
    isAvailable?: boolean;
    definitions?: KnownDefinition[];
  } = {},
): Promise<void> {
  const { version = '0.93.0', definitions = OPERATOR_DEFINITIONS } = options;
  await define(cluster, definitions, version);
  cluster.seed(
    deploymentObject({
      ...options,
      name: 'kube-prometheus-operator',
      namespace: 'monitoring',
      image: `mirror.example.com:5000/prometheus-operator/prometheus-operator:v${version}`,
    }),
  );
}

/** KEDA as somebody else has installed it. */
export async function addKeda(
  cluster: FakeCluster,
  options: {
    version?: string;
    isAvailable?: boolean;
    /** Whether the API server reaches its metrics. Default true. */
    isReached?: boolean;
  } = {},
): Promise<void> {
  const { version = '2.20.2', isReached = true } = options;
  await define(cluster, KEDA_DEFINITIONS);
  cluster.seed({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'keda' },
  });
  for (const [name, image] of [
    ['keda-operator', 'keda'],
    ['keda-metrics-apiserver', 'keda-metrics-apiserver'],
    ['keda-admission', 'keda-admission-webhooks'],
  ]) {
    cluster.seed(
      deploymentObject({
        name,
        namespace: 'keda',
        image: `ghcr.io/kedacore/${image}:${version}`,
        isAvailable: options.isAvailable,
      }),
    );
  }
  addExternalMetrics(cluster, {
    namespace: 'keda',
    service: 'keda-metrics-apiserver',
    isReached,
  });
}

/** Registers a Service for external metrics, which selects the Deployment of its name. */
export function addExternalMetrics(
  cluster: FakeCluster,
  options: { namespace: string; service: string; isReached?: boolean },
): void {
  const { namespace, service, isReached = true } = options;
  cluster.seed({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service, namespace },
    spec: { selector: { app: service } },
  });
  const { name, ...kind } = EXTERNAL_METRICS_API;
  cluster.seed({
    ...kind,
    metadata: { name },
    spec: { service: { namespace, name: service } },
    // As in the answers of Kubernetes 1.36 with and without KEDA's adapter.
    status: {
      conditions: [
        isReached
          ? {
              type: 'Available',
              status: 'True',
              reason: 'Passed',
              message: 'all checks passed',
            }
          : {
              type: 'Available',
              status: 'False',
              reason: 'MissingEndpoints',
              message: `endpoints for service/${service} in "${namespace}" have no addresses with port name "https"`,
            },
      ],
    },
  });
}
