import { z } from 'zod';
import { fieldRef, resourceFieldRef } from './fieldSources';

const keyToPath = z.object({
  key: z.string(),
  path: z.string(),
  mode: z.number().optional(),
});
const downwardItem = z.object({
  path: z.string(),
  fieldRef: fieldRef.optional(),
  resourceFieldRef: resourceFieldRef.optional(),
  mode: z.number().optional(),
});
const filesOf = {
  items: z.array(keyToPath).optional(),
  optional: z.boolean().default(false),
};

export const volumeSchema = z.looseObject({
  name: z.string(),
  emptyDir: z.object({}).optional(),
  configMap: z
    .object({
      name: z.string().default(''),
      defaultMode: z.number().default(0o644),
      ...filesOf,
    })
    .optional(),
  secret: z
    .object({
      secretName: z.string().default(''),
      defaultMode: z.number().default(0o644),
      ...filesOf,
    })
    .optional(),
  downwardAPI: z
    .object({
      items: z.array(downwardItem).default([]),
      defaultMode: z.number().default(0o644),
    })
    .optional(),
  projected: z
    .object({
      defaultMode: z.number().default(0o644),
      sources: z
        .array(
          z.object({
            configMap: z
              .object({ name: z.string().default(''), ...filesOf })
              .optional(),
            secret: z
              .object({ name: z.string().default(''), ...filesOf })
              .optional(),
            downwardAPI: z
              .object({ items: z.array(downwardItem).default([]) })
              .optional(),
            serviceAccountToken: z
              .object({
                audience: z.string().optional(),
                expirationSeconds: z.number().default(3_600),
                path: z.string(),
              })
              .optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

export type Volume = z.infer<typeof volumeSchema>;
