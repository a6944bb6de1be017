import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookMaxReplicas`. */
export const maxReplicasFieldSchema = makeFieldSchema({
  output: z => z.number(),
});

export type MaxReplicasFieldProps = typeof maxReplicasFieldSchema.TProps;
