import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { PrometheusField } from './PrometheusField';
import { prometheusFieldSchema } from './prometheusFieldSchema';
import { validatePrometheusServer } from './validatePrometheusServer';

/** `ui:field: SportsbookPrometheus` */
export const prometheusFormField = createFormField({
  name: 'SportsbookPrometheus',
  component: PrometheusField,
  schema: prometheusFieldSchema,
  validation: validatePrometheusServer,
});
