import { z } from 'zod';

/** One value of the pod itself. */
export const fieldRef = z.object({ fieldPath: z.string() });

/** One amount that a container of the pod requests or may have. */
export const resourceFieldRef = z.object({
  containerName: z.string().optional(),
  resource: z.string(),
  divisor: z.union([z.string(), z.number()]).default('1'),
});
