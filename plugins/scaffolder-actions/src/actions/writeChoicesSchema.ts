import { z } from 'zod/v3';
import { objectRefSchema } from './objectRefSchema';

/** What an apply may do to the fields of others and to what cannot change; nothing by default. */
export const writeChoicesSchema = {
  forceConflicts: z
    .array(
      z
        .object({
          ref: objectRefSchema,
          fields: z
            .array(z.string().regex(/^\./, 'must begin with a dot'))
            .min(1)
            .describe('Such as .spec.replicas; covers what lies within too'),
        })
        .strict(),
    )
    .default([])
    .describe(
      'Take these fields over from other managers, and no others; a conflict about any other field still fails',
    ),
  migrateFrom: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Managers whose fields become ours, such as kubectl-client-side-apply; fields of theirs that the manifest lacks are removed',
    ),
  recreate: z
    .union([
      z.boolean(),
      z.array(
        z
          .object({
            ref: objectRefSchema,
            losingData: z
              .boolean()
              .default(false)
              .describe('Also where data would be lost'),
          })
          .strict(),
      ),
    ])
    .default(false)
    .describe(
      'Delete and create anew what has a field that cannot change: all such objects, or those named; never a namespace or definition',
    ),
};
