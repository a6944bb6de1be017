import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { NamespaceField } from './NamespaceField';
import { namespaceFieldSchema } from './namespaceFieldSchema';
import { validateNamespace } from './validateNamespace';

/** `ui:field: SportsbookNamespace` */
export const namespaceFormField = createFormField({
  name: 'SportsbookNamespace',
  component: NamespaceField,
  schema: namespaceFieldSchema,
  validation: validateNamespace,
});
