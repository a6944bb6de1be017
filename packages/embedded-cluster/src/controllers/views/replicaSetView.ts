import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { view } from '../foundation/view';
import { orEmpty } from '../../model/orEmpty';
import { podTemplate, workloadCondition } from './workloadParts';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

export const replicaSetView = view(
  z.object({
    spec: z.object({
      replicas: z.number().default(1),
      minReadySeconds: count,
      selector: labelSelectorSchema,
      template: podTemplate,
    }),
    status: orEmpty(
      z.object({
        replicas: count,
        readyReplicas: count,
        availableReplicas: count,
        terminatingReplicas: z.number().nullish(),
        observedGeneration: count,
        conditions: z.array(workloadCondition).nullish(),
      }),
    ),
  }),
);

export type ReplicaSetView = ReturnType<typeof replicaSetView>;
