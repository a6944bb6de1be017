import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { view } from '../foundation/view';
import { orEmpty } from '../../model/orEmpty';
import { podTemplate, workloadCondition } from './workloadParts';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);
const intOrPercent = z.union([z.number(), z.string()]);

const statusSchema = z.object({
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
  observedGeneration: count,
  collisionCount: z.number().nullish(),
  conditions: z
    .array(workloadCondition)
    .nullish()
    .transform(conditions => conditions ?? []),
});

export const deploymentView = view(
  z.object({
    spec: z.object({
      replicas: z.number().default(1),
      minReadySeconds: count,
      paused: z.boolean().default(false),
      /** Absent or the greatest integer: there is none. */
      progressDeadlineSeconds: z.number().nullish(),
      revisionHistoryLimit: z.number().nullish(),
      selector: labelSelectorSchema,
      template: podTemplate,
      strategy: z
        .object({
          type: z.string().optional(),
          rollingUpdate: z
            .object({
              maxSurge: intOrPercent.optional(),
              maxUnavailable: intOrPercent.optional(),
            })
            .nullish(),
        })
        .default({}),
    }),
    status: orEmpty(statusSchema),
  }),
);

export type DeploymentView = ReturnType<typeof deploymentView>;
export type DeploymentCondition = z.output<typeof workloadCondition>;
