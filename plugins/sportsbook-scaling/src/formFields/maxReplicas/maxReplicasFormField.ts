import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { MaxReplicasField } from './MaxReplicasField';
import { maxReplicasFieldSchema } from './maxReplicasFieldSchema';
import { validateMaxReplicas } from './validateMaxReplicas';

/** `ui:field: SportsbookMaxReplicas` */
export const maxReplicasFormField = createFormField({
  name: 'SportsbookMaxReplicas',
  component: MaxReplicasField,
  schema: maxReplicasFieldSchema,
  validation: validateMaxReplicas,
});
