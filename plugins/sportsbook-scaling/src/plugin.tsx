import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ScalingClient, scalingApiRef } from './api';

const scalingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ScalingClient(deps),
    }),
});

const scalingCard = EntityCardBlueprint.make({
  name: 'scaling',
  params: {
    // An object rather than a function, so that app-config can replace it.
    filter: {
      [`metadata.annotations.${ENTITY_ANNOTATIONS.kubernetesId}` as const]: {
        $exists: true,
      },
    },
    loader: async () => {
      const { EntityScalingCard } = await import(
        './components/EntityScalingCard'
      );
      return <EntityScalingCard />;
    },
  },
});

const serviceNameField = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: async () =>
      (await import('./formFields/serviceName')).serviceNameFormField,
  },
});

const clusterField = FormFieldBlueprint.make({
  name: 'cluster',
  params: {
    field: async () => (await import('./formFields/cluster')).clusterFormField,
  },
});

const maxReplicasField = FormFieldBlueprint.make({
  name: 'max-replicas',
  params: {
    field: async () =>
      (await import('./formFields/maxReplicas')).maxReplicasFormField,
  },
});

/** The scaling card and the fields of the service template's form. */
export const sportsbookScalingPlugin = createFrontendPlugin({
  pluginId: 'sportsbook-scaling',
  title: 'Scaling',
  info: { packageJson: () => import('../package.json') },
  extensions: [
    scalingApi,
    scalingCard,
    serviceNameField,
    clusterField,
    maxReplicasField,
  ],
});
