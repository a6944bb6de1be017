import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { view } from '../foundation/view';
import { workloadCondition } from '../views/workloadParts';

export const budgetView = view(
  z.object({
    spec: z.object({
      minAvailable: z.union([z.number(), z.string()]).nullish(),
      maxUnavailable: z.union([z.number(), z.string()]).nullish(),
      selector: labelSelectorSchema.nullish(),
    }),
    status: z
      .object({ conditions: z.array(workloadCondition).nullish() })
      .nullish(),
  }),
);
