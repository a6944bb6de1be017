import { z } from 'zod';
import { fieldRef, resourceFieldRef } from './fieldSources';

const keyOf = z.object({
  name: z.string().default(''),
  key: z.string(),
  optional: z.boolean().default(false),
});

/** One of `env`. */
export const environmentVariable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .object({
      fieldRef: fieldRef.optional(),
      resourceFieldRef: resourceFieldRef.optional(),
      configMapKeyRef: keyOf.optional(),
      secretKeyRef: keyOf.optional(),
    })
    .optional(),
});

const named = z.object({
  name: z.string().default(''),
  optional: z.boolean().default(false),
});

/** One of `envFrom`. */
export const environmentSource = z.object({
  prefix: z.string().default(''),
  configMapRef: named.optional(),
  secretRef: named.optional(),
});
