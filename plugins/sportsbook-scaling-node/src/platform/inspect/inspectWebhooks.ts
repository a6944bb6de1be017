import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { Finding } from '../PlatformReport';
import { PlatformView } from './PlatformView';

const KINDS = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
].map(kind => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind }));

const configurationSchema = z.object({
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: z.enum(['Ignore', 'Fail']).default('Fail'),
        clientConfig: z.object({
          service: z
            .object({ namespace: z.string(), name: z.string() })
            .nullish(),
        }),
        rules: z
          .array(z.object({ apiGroups: z.array(z.string()).default([]) }))
          .nullish(),
      }),
    )
    .nullish(),
});

const sliceSchema = z.object({
  endpoints: z
    .array(
      z.object({
        conditions: z.object({ ready: z.boolean().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

function hasReadyEndpoint(slice: KubernetesObject): boolean {
  const parsed = sliceSchema.safeParse(slice);
  return (
    parsed.success &&
    (parsed.data.endpoints ?? []).some(
      // Undefined counts as ready, says the API.
      ({ conditions }) => conditions?.ready !== false,
    )
  );
}

/** Undefined: it could not be told. */
async function isAnswered(
  view: PlatformView,
  service: { namespace: string; name: string },
): Promise<boolean | undefined> {
  const slices = await view.objectsIn(service.namespace, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
  });
  if (slices.status === 'unreadable') {
    return undefined;
  }
  return slices.value
    .filter(
      ({ metadata }) =>
        metadata.labels?.['kubernetes.io/service-name'] === service.name,
    )
    .some(hasReadyEndpoint);
}

/** Admission webhooks for a group of kinds that nobody answers. */
export async function inspectWebhooks(
  view: PlatformView,
  apiGroup: string,
): Promise<{ names: string[]; findings: Finding[] }> {
  const names: string[] = [];
  const unreadable: string[] = [];
  const unanswered = new Map<string, Finding>();
  for (const kind of KINDS) {
    const configurations = await view.clusterObjects(kind);
    if (configurations.status === 'unreadable') {
      unreadable.push(kind.kind);
      continue;
    }
    for (const configuration of configurations.value) {
      const parsed = configurationSchema.safeParse(configuration);
      const webhooks = parsed.success ? parsed.data.webhooks ?? [] : [];
      for (const { clientConfig, failurePolicy, rules } of webhooks) {
        const isAbout = (rules ?? []).some(({ apiGroups }) =>
          apiGroups.includes(apiGroup),
        );
        const { service } = clientConfig;
        if (!isAbout || service === undefined || service === null) {
          continue;
        }
        names.push(configuration.metadata.name);
        if ((await isAnswered(view, service)) === false) {
          const isFatal = failurePolicy === 'Fail';
          unanswered.set(`${configuration.metadata.name} ${failurePolicy}`, {
            severity: isFatal ? 'problem' : 'warning',
            message: `the webhook ${
              configuration.metadata.name
            } has no endpoint: Service ${service.namespace}/${
              service.name
            } has no ready pod; objects of ${apiGroup} are ${
              isFatal ? 'refused' : 'admitted unchecked'
            }`,
            nextStep: `look at the pods behind Service ${service.namespace}/${service.name}`,
          });
        }
      }
    }
  }
  return {
    names: [...new Set(names)],
    findings: [
      ...unanswered.values(),
      // Where one namespace is looked at, nobody expects more.
      ...(unreadable.length === 0 || view.reach !== 'cluster'
        ? []
        : [
            {
              severity: 'note' as const,
              message: `whether webhooks about ${apiGroup} are answered was not checked: the account may not list any ${unreadable.join(
                ' or ',
              )}`,
            },
          ]),
    ],
  };
}
