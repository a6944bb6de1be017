import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { KubernetesTokenField } from './KubernetesTokenField';
import { kubernetesTokenFieldSchema } from './kubernetesTokenFieldSchema';

/** `ui:field: SportsbookKubernetesToken` */
export const kubernetesTokenFormField = createFormField({
  name: 'SportsbookKubernetesToken',
  component: KubernetesTokenField,
  schema: kubernetesTokenFieldSchema,
});
