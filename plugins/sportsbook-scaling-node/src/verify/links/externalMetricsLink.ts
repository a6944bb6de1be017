import {
  computeStatus,
  KubernetesObject,
  parseQuantity,
  ScaledObjectView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';
import { mendingStep } from '../mendingStep';

const API_SERVICE = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  name: 'v1beta1.external.metrics.k8s.io',
};

/** The Services of KEDA's manifests and of its chart. */
const KEDA_SERVICE = /^keda-(operator-)?metrics-apiserver$/;

const listSchema = z.object({
  items: z.array(z.object({ metricName: z.string(), value: z.string() })),
});
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().nullish(),
});
const namesSchema = z.object({
  status: z.object({ externalMetricNames: z.array(z.string()) }),
});
const apiServiceSchema = z.object({
  spec: z.object({
    service: z.object({ namespace: z.string(), name: z.string() }).nullish(),
  }),
});

/** As KEDA names it, which it also writes into the status. */
function metricNameOf(object: KubernetesObject): string {
  const parsed = namesSchema.safeParse(object);
  const names = parsed.success ? parsed.data.status.externalMetricNames : [];
  return (
    names.find(name => name.endsWith('-prometheus')) ??
    names[0] ??
    's0-prometheus'
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Who is registered for external metrics; undefined where that may not be read. */
async function registration({
  client,
  signal,
}: ChainProbe): Promise<{ reason: string; nextStep?: string } | undefined> {
  let object: KubernetesObject | undefined;
  try {
    object = await client.get(API_SERVICE, { signal });
  } catch {
    // It is cluster-scoped, which few accounts may read; it only adds a reason.
    signal?.throwIfAborted();
    return undefined;
  }
  if (object === undefined) {
    return {
      reason: `there is no APIService ${API_SERVICE.name}`,
      nextStep: 'install KEDA, which registers it',
    };
  }
  const parsed = apiServiceSchema.safeParse(object);
  const service = parsed.success ? parsed.data.spec.service : undefined;
  const { status, message } = computeStatus(object);
  const owner =
    service === undefined || service === null
      ? 'the API server itself'
      : `Service ${service.namespace}/${service.name}`;
  if (!KEDA_SERVICE.test(service?.name ?? '')) {
    return {
      reason: `APIService ${API_SERVICE.name} belongs to ${owner}, not to KEDA`,
      nextStep:
        'let one of them serve external metrics: remove the other, such as prometheus-adapter, and apply the APIService of KEDA again',
    };
  }
  return status === 'current'
    ? { reason: `APIService ${API_SERVICE.name} is available` }
    : {
        reason: `APIService ${API_SERVICE.name}: ${message}`,
        nextStep: mendingStep(message),
      };
}

/**
 * The API by which autoscalers read metrics answers with this ScaledObject's:
 * the API server reaches KEDA's metrics server, that its operator, and that
 * Prometheus.
 *
 * @returns the metric's total, or undefined where the account may not read it
 */
export async function externalMetricsLink(
  probe: ChainProbe,
  options: { object: KubernetesObject; view: ScaledObjectView },
): Promise<LinkOutcome<number | undefined>> {
  const { client, namespace, signal } = probe;
  const { object, view } = options;
  const metricName = metricNameOf(object);
  const selector = new URLSearchParams({
    labelSelector: `scaledobject.keda.sh/name=${view.name}`,
  });
  const { status, text } = await client.getRaw(
    `/apis/external.metrics.k8s.io/v1beta1/namespaces/${encodeURIComponent(
      namespace,
    )}/${encodeURIComponent(metricName)}?${selector}`,
    { signal },
  );
  if (status === 401 || status === 403) {
    return {
      holds: true,
      detail:
        'not seen: this account may not read external metrics; what the autoscaler reads comes next',
      value: undefined,
    };
  }
  const body = parseJson(text);
  const list = listSchema.safeParse(body);
  if (status === 200 && list.success) {
    const [item] = list.data.items;
    return item === undefined
      ? {
          holds: false,
          reason: `external metric ${metricName} has no value`,
          nextStep:
            "look at the log of KEDA's operator: kubectl -n keda logs deploy/keda-operator",
        }
      : {
          holds: true,
          detail: `${metricName} is ${item.value}`,
          value: parseQuantity(item.value),
        };
  }
  const said = statusSchema.safeParse(body);
  const message =
    said.success && said.data.message ? said.data.message : `HTTP ${status}`;
  const registered = await registration(probe);
  return {
    holds: false,
    reason: `external metric ${metricName} cannot be read: ${message}${
      registered === undefined ? '' : ` (${registered.reason})`
    }`,
    nextStep:
      registered?.nextStep ??
      mendingStep(message) ??
      "check that the APIService v1beta1.external.metrics.k8s.io is available and KEDA's metrics server runs",
  };
}
