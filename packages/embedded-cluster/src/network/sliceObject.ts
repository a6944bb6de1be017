import { z } from 'zod';

const slice = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  endpoints: z
    .array(
      z.object({
        addresses: z.array(z.string()),
        hostname: z.string().optional(),
        conditions: z
          .object({
            ready: z.boolean().nullish(),
            serving: z.boolean().nullish(),
            terminating: z.boolean().nullish(),
          })
          .prefault({}),
      }),
    )
    .nullish(),
  ports: z
    .array(
      z.object({
        name: z.string().nullish(),
        port: z.number().nullish(),
        protocol: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** What the network reads of an EndpointSlice. */
export type SliceObject = z.infer<typeof slice>;

export function readSlice(object: unknown): SliceObject {
  return slice.parse(object);
}

/** Which Service a slice belongs to. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
