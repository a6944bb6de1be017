import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

const serviceSchema = z.object({
  spec: z.object({ selector: z.record(z.string()).nullish() }),
});

const sliceSchema = z.object({
  endpoints: z
    .array(
      z.object({
        conditions: z.object({ ready: z.boolean().nullish() }).nullish(),
        targetRef: z.object({ uid: z.string().optional() }).nullish(),
      }),
    )
    .nullish(),
});

function selects(service: KubernetesObject, pods: KubernetesObject[]): boolean {
  const parsed = serviceSchema.safeParse(service);
  const selector = Object.entries(
    (parsed.success ? parsed.data.spec.selector : undefined) ?? {},
  );
  return (
    selector.length > 0 &&
    pods.every(({ metadata }) =>
      selector.every(([key, value]) => metadata.labels?.[key] === value),
    )
  );
}

/** Pods that a Service sends requests to. An unset `ready` means ready. */
async function readyPodUids(
  { client, namespace, signal }: ChainProbe,
  service: KubernetesObject,
): Promise<Set<string>> {
  const { items } = await client.list(
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    {
      namespace,
      labelSelector: `kubernetes.io/service-name=${service.metadata.name}`,
      signal,
    },
  );
  return new Set(
    items.flatMap(slice =>
      (sliceSchema.parse(slice).endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready ?? true)
        .flatMap(({ targetRef }) => targetRef?.uid ?? []),
    ),
  );
}

/** A Service that selects the pods has all of them as ready endpoints. */
export async function endpointsLink(
  probe: ChainProbe,
  pods: KubernetesObject[],
): Promise<LinkOutcome<KubernetesObject>> {
  const { client, namespace, scaledObject, signal } = probe;
  const { items } = await client.list(
    { apiVersion: 'v1', kind: 'Service' },
    { namespace, signal },
  );
  const services = items.filter(service => selects(service, pods));
  // Of several, people mean the one that is named like what is scaled.
  const service =
    services.find(({ metadata }) =>
      [scaledObject.scaleTarget.name, scaledObject.name].includes(
        metadata.name,
      ),
    ) ?? services[0];
  if (service === undefined) {
    return {
      holds: false,
      reason: `no Service in namespace '${namespace}' selects the pods`,
      nextStep: "apply a Service whose spec.selector matches the pods' labels",
    };
  }
  const ready = await readyPodUids(probe, service);
  const missing = pods.filter(({ metadata }) => !ready.has(metadata.uid ?? ''));
  return missing.length === 0
    ? {
        holds: true,
        detail: `Service ${service.metadata.name} has ${pods.length} ready endpoints`,
        value: service,
      }
    : {
        holds: false,
        reason: `Service ${
          service.metadata.name
        } has no ready endpoint for ${missing
          .map(({ metadata }) => metadata.name)
          .join(', ')}`,
        nextStep: `look at its endpoints: kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${service.metadata.name}`,
      };
}
