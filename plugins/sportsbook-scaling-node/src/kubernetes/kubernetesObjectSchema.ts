import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

// Aggregated API servers write null for a time that is not set.
const timestamp = z
  .string()
  .nullish()
  .transform(value => value ?? undefined);

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  creationTimestamp: timestamp,
  deletionTimestamp: timestamp,
  finalizers: z.array(z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** An object as the server sends it: what names it is checked, all else passes as it is. */
export const kubernetesObjectSchema: z.ZodType<KubernetesObject> =
  z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });

/** Items of a list do not repeat the kind that was asked for. */
export function listSchema(kind: { apiVersion: string; kind: string }) {
  return z.object({
    metadata: z.object({
      resourceVersion: z.string().optional(),
      continue: z.string().optional(),
    }),
    items: z
      .array(
        z.preprocess(
          item =>
            typeof item === 'object' && item !== null
              ? { ...kind, ...item }
              : item,
          kubernetesObjectSchema,
        ),
      )
      .nullish()
      .transform(items => items ?? []),
  });
}
