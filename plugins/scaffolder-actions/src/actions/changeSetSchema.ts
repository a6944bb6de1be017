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
      'failed',
      'unknown',
      'unverifiable',
    ]),
    uid: z.string().optional(),
    file: z.string().optional(),
    document: z.number().optional(),
    line: z.number().optional(),
    reason: z.string().optional(),
    changedFields: z
      .array(z.string())
      .optional()
      .describe('Paths without values'),
    recreated: z
      .boolean()
      .optional()
      .describe('Deleted and created anew, since a field cannot change'),
    warnings: z.array(z.string()),
  }),
);
