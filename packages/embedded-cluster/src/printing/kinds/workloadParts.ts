import { z } from 'zod';

/** What columns show of a PodTemplateSpec. */
export const podTemplate = z.object({
  spec: z.object({
    containers: z.array(
      z.object({ name: z.string(), image: z.string().nullish() }),
    ),
    nodeSelector: z.record(z.string(), z.string()).nullish(),
  }),
});
