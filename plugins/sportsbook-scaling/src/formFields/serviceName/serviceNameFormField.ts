import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ServiceNameField } from './ServiceNameField';
import { serviceNameFieldSchema } from './serviceNameFieldSchema';
import { validateServiceName } from './validateServiceName';

/** `ui:field: SportsbookServiceName` */
export const serviceNameFormField = createFormField({
  name: 'SportsbookServiceName',
  component: ServiceNameField,
  schema: serviceNameFieldSchema,
  validation: validateServiceName,
});
