import { z } from 'zod/v3';

/** Which ApplySet the objects of a step are members of. */
export const applySetSchema = z
  .object({
    name: z
      .string()
      .min(1)
      .max(253)
      .describe('Of the ConfigMap that stands for the set'),
    namespace: z
      .string()
      .min(1)
      .optional()
      .describe("Of that ConfigMap. Default: the step's namespace"),
    entityRef: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The entity that the set belongs to, as a whole ref; kept on the ConfigMap',
      ),
  })
  .strict();
