import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { MetricsPort, MonitoredService } from '../../monitoring';
import { ResolvedObject } from '../ResolvedObject';

const port = z.union([z.string(), z.number()]);

const serviceSchema = z.object({
  spec: z.object({
    selector: z.record(z.string()).nullish(),
    ports: z
      .array(
        z.object({
          name: z.string().nullish(),
          port: z.number(),
          targetPort: port.nullish(),
        }),
      )
      .nullish(),
  }),
});

const deploymentSchema = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string()).nullish() }).nullish(),
      spec: z.object({
        containers: z.array(
          z.object({
            ports: z
              .array(
                z.object({
                  name: z.string().nullish(),
                  containerPort: z.number(),
                }),
              )
              .nullish(),
          }),
        ),
      }),
    }),
  }),
});

type Pods = z.infer<typeof deploymentSchema>['spec']['template'];

function metricsPorts(
  service: z.infer<typeof serviceSchema>,
  pods: Pods,
): MetricsPort[] {
  const containerPorts = pods.spec.containers.flatMap(
    ({ ports }) => ports ?? [],
  );
  return (service.spec.ports ?? []).map(
    ({ name, port: number, targetPort }) => {
      const target = targetPort ?? number;
      const container = containerPorts.find(
        ({ name: containerName, containerPort }) =>
          containerPort === target || containerName === target,
      );
      return {
        serviceName: name ?? undefined,
        containerName: container?.name ?? undefined,
        number:
          container?.containerPort ??
          (typeof target === 'number' ? target : undefined),
      };
    },
  );
}

/** A Service of a set with the pods of the set behind it. */
export interface ServiceOfSet extends MonitoredService {
  service: ResolvedObject;
}

/** The Services of a set that lead to the pods of a Deployment of the set. */
export function monitoredServices(objects: ResolvedObject[]): ServiceOfSet[] {
  const ofKind = (kind: string) =>
    objects.filter(({ ref }) => ref.kind === kind);
  return ofKind('Service').flatMap(service => {
    const parsed = serviceSchema.safeParse(service.object);
    const selector = Object.entries(
      (parsed.success ? parsed.data.spec.selector : undefined) ?? {},
    );
    if (!parsed.success || selector.length === 0) {
      return [];
    }
    return ofKind('Deployment').flatMap(deployment => {
      const pods = podsOf(deployment.object);
      const podLabels = pods?.metadata?.labels ?? {};
      return pods !== undefined &&
        deployment.ref.namespace === service.ref.namespace &&
        selector.every(([key, value]) => podLabels[key] === value)
        ? [
            {
              service,
              namespace: service.ref.namespace ?? '',
              labels: service.object.metadata.labels ?? {},
              podLabels,
              ports: metricsPorts(parsed.data, pods),
            },
          ]
        : [];
    });
  });
}

function podsOf(deployment: KubernetesObject): Pods | undefined {
  const parsed = deploymentSchema.safeParse(deployment);
  return parsed.success ? parsed.data.spec.template : undefined;
}
