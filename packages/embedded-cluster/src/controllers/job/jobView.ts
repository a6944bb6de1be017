import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { view } from '../foundation/view';
import { orEmpty } from '../../model/orEmpty';
import { podTemplate, workloadCondition } from '../views/workloadParts';

const uids = z
  .array(z.string())
  .nullish()
  .transform(list => list ?? []);
const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

const statusSchema = z.object({
  active: count,
  ready: count,
  terminating: count,
  succeeded: count,
  failed: count,
  startTime: z.string().nullish(),
  completionTime: z.string().nullish(),
  completedIndexes: z.string().nullish(),
  conditions: z
    .array(workloadCondition)
    .nullish()
    .transform(conditions => conditions ?? []),
  uncountedTerminatedPods: orEmpty(z.object({ succeeded: uids, failed: uids })),
});

export const jobView = view(
  z.object({
    spec: z.object({
      parallelism: z.number().default(1),
      completions: z.number().nullish(),
      completionMode: z.string().default('NonIndexed'),
      backoffLimit: z.number().default(6),
      activeDeadlineSeconds: z.number().nullish(),
      ttlSecondsAfterFinished: z.number().nullish(),
      suspend: z.boolean().default(false),
      podReplacementPolicy: z.string().default('TerminatingOrFailed'),
      selector: labelSelectorSchema.nullish(),
      template: podTemplate,
    }),
    status: orEmpty(statusSchema),
  }),
);

export type JobView = ReturnType<typeof jobView>;

/** Keeps a pod until its end has been counted. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
export const COMPONENT = 'job-controller';
