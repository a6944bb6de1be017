import {
  computeStatus,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ExternalMetricsReport } from '../PlatformReport';
import { imageName } from '../imageReference';
import { PlatformView } from './PlatformView';

/** The one registration through which autoscalers read external metrics. */
export const EXTERNAL_METRICS_API = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  name: 'v1beta1.external.metrics.k8s.io',
} as const;

const apiServiceSchema = z.object({
  spec: z.object({
    service: z.object({ namespace: z.string(), name: z.string() }).nullish(),
  }),
});

const serviceSchema = z.object({
  spec: z.object({ selector: z.record(z.string()).nullish() }),
});

const workloadSchema = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string()).nullish() }).nullish(),
      spec: z.object({
        containers: z.array(z.object({ image: z.string().default('') })),
      }),
    }),
  }),
});

function selects(
  selector: Record<string, string>,
  workload: KubernetesObject,
): boolean {
  const parsed = workloadSchema.safeParse(workload);
  const labels = parsed.success
    ? parsed.data.spec.template.metadata?.labels ?? {}
    : {};
  return Object.entries(selector).every(
    ([key, value]) => labels[key] === value,
  );
}

/** Whose pods stand behind the Service; its own name where that cannot be told. */
async function ownerOf(
  view: PlatformView,
  service: { namespace: string; name: string },
): Promise<{ owner: 'keda' | 'others'; ownerName: string }> {
  const { namespace, name } = service;
  const named = {
    // The names of KEDA's manifests and of its chart.
    owner: /^keda-(operator-)?metrics-apiserver$/.test(name)
      ? ('keda' as const)
      : ('others' as const),
    ownerName: `Service ${namespace}/${name}`,
  };
  const found = await view.object({
    apiVersion: 'v1',
    kind: 'Service',
    namespace,
    name,
  });
  const parsed =
    found.status === 'read' ? serviceSchema.safeParse(found.value) : undefined;
  const selector = parsed?.success ? parsed.data.spec.selector : undefined;
  if (selector === undefined || selector === null) {
    return named;
  }
  const deployments = await view.objectsIn(namespace, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
  });
  const behind =
    deployments.status === 'read'
      ? deployments.value.find(deployment => selects(selector, deployment))
      : undefined;
  const workload = workloadSchema.safeParse(behind);
  if (behind === undefined || !workload.success) {
    return named;
  }
  const isKeda = workload.data.spec.template.spec.containers.some(({ image }) =>
    imageName(image).startsWith('keda-metrics'),
  );
  return {
    owner: isKeda ? 'keda' : named.owner,
    ownerName: `${behind.metadata.name} in ${namespace}`,
  };
}

/** Who is registered for external metrics, and whether the API server reaches it. */
export async function inspectExternalMetrics(
  view: PlatformView,
): Promise<ExternalMetricsReport> {
  const found = await view.clusterObject(EXTERNAL_METRICS_API);
  if (found.status === 'unreadable') {
    return {
      state: 'unknown',
      message: `the account may not read ${EXTERNAL_METRICS_API.kind} ${EXTERNAL_METRICS_API.name}`,
    };
  }
  if (found.value === undefined) {
    return { state: 'absent' };
  }
  const parsed = apiServiceSchema.safeParse(found.value);
  const service = parsed.success ? parsed.data.spec.service : undefined;
  const { status, message } = computeStatus(found.value);
  return {
    state: status === 'current' ? 'available' : 'unavailable',
    message,
    ...(service === undefined || service === null
      ? { owner: 'others', ownerName: 'the API server itself' }
      : await ownerOf(view, service)),
  };
}
