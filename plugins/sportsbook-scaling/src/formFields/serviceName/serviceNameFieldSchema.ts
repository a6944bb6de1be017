import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookServiceName`. */
export const serviceNameFieldSchema = makeFieldSchema({
  output: z => z.string(),
});

export type ServiceNameFieldProps = typeof serviceNameFieldSchema.TProps;
