import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookCluster`. */
export const clusterFieldSchema = makeFieldSchema({
  output: z => z.string(),
});

export type ClusterFieldProps = typeof clusterFieldSchema.TProps;
