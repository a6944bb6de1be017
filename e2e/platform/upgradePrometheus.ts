import assert from 'node:assert/strict';
import { derivedNames } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { eventually } from '../eventually';
import type { PlatformGround } from './PlatformPart';
import { addTag } from './registryTags';

const IMAGE = { repository: 'prometheus/prometheus', tag: 'v3.13.1' };
/** No release of upstream's: today's under a newer version. */
const NEXT_VERSION = '3.13.99';

const statefulSet = z.object({
  metadata: z.object({ generation: z.number() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        initContainers: z.array(z.object({ image: z.string() })).default([]),
        containers: z.array(z.object({ image: z.string() })),
      }),
    }),
  }),
  status: z.object({
    observedGeneration: z.number().default(0),
    availableReplicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    currentRevision: z.string().optional(),
    updateRevision: z.string().optional(),
  }),
});

interface Service {
  namespace: string;
  name: string;
}

/** The images of a service's own Prometheus, once they run. */
async function rolledOut(
  cluster: KubernetesClient,
  { namespace, name }: Service,
): Promise<string[]> {
  const object = statefulSet.parse(
    await cluster.get({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace,
      name: `prometheus-${derivedNames(name).prometheus}`,
    }),
  );
  const { metadata, spec, status } = object;
  assert.equal(status.observedGeneration, metadata.generation);
  assert.equal(status.currentRevision, status.updateRevision);
  assert.equal(status.availableReplicas, 1);
  return [
    ...spec.template.spec.initContainers,
    ...spec.template.spec.containers,
  ].map(({ image }) => image);
}

/** Waits until the upgraded operator has rolled the service's Prometheus out, with its own reloader. */
export async function awaitPrometheus(
  cluster: KubernetesClient,
  service: Service,
): Promise<void> {
  await eventually(
    async () => {
      const images = await rolledOut(cluster, service);
      assert.ok(
        images.includes(
          'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0',
        ),
        images.join(', '),
      );
    },
    { withinSeconds: 60 },
  );
}

/** Gives the service's own Prometheus another version, and waits until it runs. */
export async function upgradePrometheus(
  { cluster, options: { brought } }: PlatformGround,
  service: Service,
): Promise<void> {
  const tag = `v${NEXT_VERSION}`;
  await addTag(
    { host: brought.registry, insecure: brought.registryInsecure },
    IMAGE,
    tag,
  );
  const image = `${brought.registry}/${IMAGE.repository}:${tag}`;
  await cluster.apply(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: {
        namespace: service.namespace,
        name: derivedNames(service.name).prometheus,
      },
      spec: { version: NEXT_VERSION, image },
    },
    { fieldManager: 'upgrade', force: true },
  );
  await eventually(
    async () => {
      const images = await rolledOut(cluster, service);
      assert.ok(images.includes(image), images.join(', '));
    },
    { withinSeconds: 60 },
  );
}
