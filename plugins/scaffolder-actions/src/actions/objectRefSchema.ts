import { z } from 'zod/v3';

/** What names an object, as actions hand it on. */
export const objectRefSchema = z.object({
  apiVersion: z.string().min(1).describe('Such as apps/v1'),
  kind: z.string().min(1).describe('Such as Deployment'),
  name: z.string().min(1),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('Absent for cluster-scoped kinds'),
});
