import { z } from 'zod';

/** A PodTemplateSpec: its metadata read, its spec handed on as it is. */
export const podTemplate = z.object({
  metadata: z
    .looseObject({
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
      finalizers: z.array(z.string()).optional(),
    })
    .nullish()
    .transform(metadata => metadata ?? {}),
  spec: z.record(z.string(), z.unknown()),
});

export type PodTemplate = z.output<typeof podTemplate>;

export const workloadCondition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
  lastUpdateTime: z.string().optional(),
});
