import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ClusterField } from './ClusterField';
import { clusterFieldSchema } from './clusterFieldSchema';
import { validateCluster } from './validateCluster';

/** `ui:field: SportsbookCluster` */
export const clusterFormField = createFormField({
  name: 'SportsbookCluster',
  component: ClusterField,
  schema: clusterFieldSchema,
  validation: validateCluster,
});
