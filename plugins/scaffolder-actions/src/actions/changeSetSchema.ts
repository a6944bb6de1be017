import { z } from 'zod/v3';
import { objectRefSchema } from './objectRefSchema';

/** What happened to each object, in order. */
export const changeSetSchema = z.array(
  z.object({
    ref: objectRefSchema,
    action: z.enum([
      'created',
      'configured',
      'unchanged',
      'deleted',
      'skipped',
      'unverifiable',
    ]),
    uid: z.string().optional(),
    file: z.string().optional(),
    line: z.number().optional(),
    reason: z.string().optional(),
    changedFields: z
      .array(z.string())
      .optional()
      .describe('Paths without values'),
    warnings: z.array(z.string()),
  }),
);
