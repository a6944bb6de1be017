import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookNamespace`. */
export const namespaceFieldSchema = makeFieldSchema({
  output: z => z.string(),
});

export type NamespaceFieldProps = typeof namespaceFieldSchema.TProps;
