import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  FormDecoratorBlueprint,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  FormChoicesClient,
  formChoicesApiRef,
  PrometheusServersClient,
  prometheusServersApiRef,
  ScalingClient,
  scalingApiRef,
} from './api';
import { kubernetesTokenDecorator } from './formDecorators/kubernetesTokenDecorator';

const scalingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ScalingClient(deps),
    }),
});

const formChoicesApi = ApiBlueprint.make({
  name: 'form-choices',
  params: defineParams =>
    defineParams({
      api: formChoicesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FormChoicesClient(deps),
    }),
});

const prometheusServersApi = ApiBlueprint.make({
  name: 'prometheus-servers',
  params: defineParams =>
    defineParams({
      api: prometheusServersApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PrometheusServersClient(deps),
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

const namespaceField = FormFieldBlueprint.make({
  name: 'namespace',
  params: {
    field: async () =>
      (await import('./formFields/namespace')).namespaceFormField,
  },
});

const kubernetesTokenField = FormFieldBlueprint.make({
  name: 'kubernetes-token',
  params: {
    field: async () =>
      (await import('./formFields/kubernetesToken')).kubernetesTokenFormField,
  },
});

const kubernetesTokenFormDecorator = FormDecoratorBlueprint.make({
  name: 'kubernetes-token',
  params: { decorator: kubernetesTokenDecorator },
});

const maxReplicasField = FormFieldBlueprint.make({
  name: 'max-replicas',
  params: {
    field: async () =>
      (await import('./formFields/maxReplicas')).maxReplicasFormField,
  },
});

const monitoringField = FormFieldBlueprint.make({
  name: 'monitoring',
  params: {
    field: async () =>
      (await import('./formFields/monitoring')).monitoringFormField,
  },
});

const prometheusField = FormFieldBlueprint.make({
  name: 'prometheus',
  params: {
    field: async () =>
      (await import('./formFields/monitoring')).prometheusFormField,
  },
});

const prometheusAddressField = FormFieldBlueprint.make({
  name: 'prometheus-address',
  params: {
    field: async () =>
      (await import('./formFields/monitoring')).prometheusAddressFormField,
  },
});

/** The scaling card and the fields of the service template's form. */
export const sportsbookScalingPlugin = createFrontendPlugin({
  pluginId: 'sportsbook-scaling',
  title: 'Scaling',
  info: { packageJson: () => import('../package.json') },
  extensions: [
    scalingApi,
    formChoicesApi,
    prometheusServersApi,
    scalingCard,
    serviceNameField,
    clusterField,
    namespaceField,
    kubernetesTokenField,
    kubernetesTokenFormDecorator,
    maxReplicasField,
    monitoringField,
    prometheusField,
    prometheusAddressField,
  ],
});
