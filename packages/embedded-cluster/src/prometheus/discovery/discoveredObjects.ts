import { z } from 'zod';

/** The parts of pods, Services and EndpointSlices that become labels of targets. */
const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  uid: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  ownerReferences: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        controller: z.boolean().optional(),
      }),
    )
    .default([]),
});

const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  ports: z
    .array(
      z.object({
        name: z.string().default(''),
        containerPort: z.number(),
        protocol: z.string().default('TCP'),
      }),
    )
    .default([]),
});

const containerStatusSchema = z.object({
  name: z.string(),
  containerID: z.string().default(''),
});

export const podSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    nodeName: z.string().default(''),
    containers: z.array(containerSchema).default([]),
    initContainers: z.array(containerSchema).default([]),
  }),
  status: z
    .object({
      podIP: z.string().default(''),
      hostIP: z.string().default(''),
      phase: z.string().default(''),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .default([]),
      containerStatuses: z.array(containerStatusSchema).default([]),
      initContainerStatuses: z.array(containerStatusSchema).default([]),
    })
    .prefault({}),
});

export const serviceSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: z.string().default('ClusterIP'),
    clusterIP: z.string().default(''),
    externalName: z.string().default(''),
    loadBalancerIP: z.string().default(''),
    ports: z
      .array(
        z.object({
          name: z.string().default(''),
          port: z.number(),
          protocol: z.string().default('TCP'),
        }),
      )
      .default([]),
  }),
});

const endpointSchema = z.object({
  addresses: z.array(z.string()).default([]),
  conditions: z
    .object({
      ready: z.boolean().optional(),
      serving: z.boolean().optional(),
      terminating: z.boolean().optional(),
    })
    .prefault({}),
  hostname: z.string().optional(),
  nodeName: z.string().optional(),
  zone: z.string().optional(),
  targetRef: z
    .object({
      kind: z.string().default(''),
      name: z.string().default(''),
      namespace: z.string().default(''),
    })
    .optional(),
});

export const endpointSliceSchema = z.object({
  metadata: metadataSchema,
  addressType: z.string().default('IPv4'),
  endpoints: z
    .array(endpointSchema)
    .nullish()
    .transform(endpoints => endpoints ?? []),
  ports: z
    .array(
      z.object({
        name: z.string().optional(),
        port: z.number().optional(),
        protocol: z.string().optional(),
        appProtocol: z.string().optional(),
      }),
    )
    .nullish()
    .transform(ports => ports ?? []),
});

export type DiscoveredPod = z.output<typeof podSchema>;
export type DiscoveredContainer = z.output<typeof containerSchema>;
export type DiscoveredService = z.output<typeof serviceSchema>;
export type DiscoveredSlice = z.output<typeof endpointSliceSchema>;
export type DiscoveredEndpoint = z.output<typeof endpointSchema>;
export type DiscoveredMetadata = z.output<typeof metadataSchema>;

/** What discovery looks at, read at one time. */
export interface DiscoveredObjects {
  pods: readonly DiscoveredPod[];
  services: readonly DiscoveredService[];
  endpointSlices: readonly DiscoveredSlice[];
}
