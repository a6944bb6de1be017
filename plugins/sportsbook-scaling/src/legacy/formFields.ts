import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { ClusterField } from '../formFields/cluster/ClusterField';
import { clusterFieldSchema } from '../formFields/cluster/clusterFieldSchema';
import { validateCluster } from '../formFields/cluster/validateCluster';
import { KubernetesTokenField } from '../formFields/kubernetesToken/KubernetesTokenField';
import { kubernetesTokenFieldSchema } from '../formFields/kubernetesToken/kubernetesTokenFieldSchema';
import { MaxReplicasField } from '../formFields/maxReplicas/MaxReplicasField';
import { maxReplicasFieldSchema } from '../formFields/maxReplicas/maxReplicasFieldSchema';
import { validateMaxReplicas } from '../formFields/maxReplicas/validateMaxReplicas';
import { MonitoringField } from '../formFields/monitoring/MonitoringField';
import { monitoringFieldSchema } from '../formFields/monitoring/monitoringFieldSchema';
import { PrometheusAddressField } from '../formFields/monitoring/PrometheusAddressField';
import { prometheusAddressFieldSchema } from '../formFields/monitoring/prometheusAddressFieldSchema';
import { PrometheusField } from '../formFields/monitoring/PrometheusField';
import { prometheusFieldSchema } from '../formFields/monitoring/prometheusFieldSchema';
import { validatePrometheusServer } from '../formFields/monitoring/validatePrometheusServer';
import { NamespaceField } from '../formFields/namespace/NamespaceField';
import { namespaceFieldSchema } from '../formFields/namespace/namespaceFieldSchema';
import { validateNamespace } from '../formFields/namespace/validateNamespace';
import { ServiceNameField } from '../formFields/serviceName/ServiceNameField';
import { serviceNameFieldSchema } from '../formFields/serviceName/serviceNameFieldSchema';
import { validateServiceName } from '../formFields/serviceName/validateServiceName';
import { legacyValidator } from './legacyValidator';
import { sportsbookScalingPlugin } from './plugin';

// All of them stand below `ScaffolderFieldExtensions` of the app's
// `ScaffolderPage`; the template's form asks for each by its name.

/** `ui:field: SportsbookServiceName` */
export const SportsbookServiceNameFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookServiceName',
      component: ServiceNameField,
      schema: serviceNameFieldSchema.schema,
      validation: legacyValidator(validateServiceName),
    }),
  );

/** `ui:field: SportsbookCluster` */
export const SportsbookClusterFieldExtension = sportsbookScalingPlugin.provide(
  createScaffolderFieldExtension({
    name: 'SportsbookCluster',
    component: ClusterField,
    schema: clusterFieldSchema.schema,
    validation: legacyValidator(validateCluster),
  }),
);

/** `ui:field: SportsbookNamespace` */
export const SportsbookNamespaceFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookNamespace',
      component: NamespaceField,
      schema: namespaceFieldSchema.schema,
      validation: legacyValidator(validateNamespace),
    }),
  );

/** `ui:field: SportsbookKubernetesToken` */
export const SportsbookKubernetesTokenFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookKubernetesToken',
      component: KubernetesTokenField,
      schema: kubernetesTokenFieldSchema.schema,
    }),
  );

/** `ui:field: SportsbookMaxReplicas` */
export const SportsbookMaxReplicasFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookMaxReplicas',
      component: MaxReplicasField,
      schema: maxReplicasFieldSchema.schema,
      validation: legacyValidator(validateMaxReplicas),
    }),
  );

/** `ui:field: SportsbookMonitoring` */
export const SportsbookMonitoringFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookMonitoring',
      component: MonitoringField,
      schema: monitoringFieldSchema.schema,
    }),
  );

/** `ui:field: SportsbookPrometheus` */
export const SportsbookPrometheusFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookPrometheus',
      component: PrometheusField,
      schema: prometheusFieldSchema.schema,
      validation: legacyValidator(validatePrometheusServer),
    }),
  );

/** `ui:field: SportsbookPrometheusAddress` */
export const SportsbookPrometheusAddressFieldExtension =
  sportsbookScalingPlugin.provide(
    createScaffolderFieldExtension({
      name: 'SportsbookPrometheusAddress',
      component: PrometheusAddressField,
      schema: prometheusAddressFieldSchema.schema,
    }),
  );
