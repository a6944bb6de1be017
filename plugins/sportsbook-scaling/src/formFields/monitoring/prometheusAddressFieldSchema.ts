import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** Value and options of `ui:field: SportsbookPrometheusAddress`. */
export const prometheusAddressFieldSchema = makeFieldSchema({
  output: z => z.string(),
});

export type PrometheusAddressFieldProps =
  typeof prometheusAddressFieldSchema.TProps;
