import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookPrometheus`. */
export const prometheusFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      name: z.string(),
      address: z.string().optional(),
      serviceMonitorLabels: z.record(z.string()).optional(),
    }),
});

export type PrometheusFieldProps = typeof prometheusFieldSchema.TProps;
