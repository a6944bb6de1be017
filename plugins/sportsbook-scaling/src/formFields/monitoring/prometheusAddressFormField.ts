import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { PrometheusAddressField } from './PrometheusAddressField';
import { prometheusAddressFieldSchema } from './prometheusAddressFieldSchema';

/** `ui:field: SportsbookPrometheusAddress` */
export const prometheusAddressFormField = createFormField({
  name: 'SportsbookPrometheusAddress',
  component: PrometheusAddressField,
  schema: prometheusAddressFieldSchema,
});
