import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { MonitoringField } from './MonitoringField';
import { monitoringFieldSchema } from './monitoringFieldSchema';

/** `ui:field: SportsbookMonitoring` */
export const monitoringFormField = createFormField({
  name: 'SportsbookMonitoring',
  component: MonitoringField,
  schema: monitoringFieldSchema,
});
