import { z } from 'zod';

const servicePort = z.object({
  name: z.string().default(''),
  port: z.number(),
  protocol: z.string().default('TCP'),
  nodePort: z.number().optional(),
});

const service = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    uid: z.string().default(''),
  }),
  spec: z
    .object({
      type: z.string().default('ClusterIP'),
      clusterIP: z.string().default(''),
      ports: z.array(servicePort).default([]),
      sessionAffinity: z.string().default('None'),
      sessionAffinityConfig: z
        .object({
          clientIP: z
            .object({ timeoutSeconds: z.number().default(10_800) })
            .optional(),
        })
        .optional(),
    })
    .prefault({}),
});

/** What the network reads of a Service. */
export type ServiceObject = z.infer<typeof service>;

export function readService(object: unknown): ServiceObject {
  return service.parse(object);
}
