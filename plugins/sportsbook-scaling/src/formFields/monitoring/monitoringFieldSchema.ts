import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookMonitoring`. */
export const monitoringFieldSchema = makeFieldSchema({
  output: z => z.enum(['own', 'existing']),
});

export type MonitoringFieldProps = typeof monitoringFieldSchema.TProps;
