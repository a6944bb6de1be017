import { errorApiRef } from '@backstage/core-plugin-api';
import {
  kubernetesApiRef,
  kubernetesAuthProvidersApiRef,
} from '@backstage/plugin-kubernetes-react';
import { createScaffolderFormDecorator } from '@backstage/plugin-scaffolder-react/alpha';
import { formChoicesApiRef } from '../api';
import { addKubernetesToken } from './addKubernetesToken';

/**
 * `SportsbookKubernetesToken` in a template's `formDecorators`: on Create it
 * puts the user's Kubernetes token for the chosen cluster into the task's
 * secrets, where the cluster is reached with people's own tokens.
 */
export const kubernetesTokenDecorator = createScaffolderFormDecorator({
  id: 'SportsbookKubernetesToken',
  schema: {
    input: {
      clusterParameter: z => z.string().min(1).default('cluster'),
    },
  },
  deps: {
    errorApi: errorApiRef,
    kubernetesApi: kubernetesApiRef,
    authProvidersApi: kubernetesAuthProvidersApiRef,
    choicesApi: formChoicesApiRef,
  },
  decorator: addKubernetesToken,
});
