import type { Run } from './Run';

/** The form's values for a service of the run. */
export function serviceValues(
  run: Run,
  over: { name: string } & Record<string, unknown>,
): Record<string, unknown> {
  return {
    owner: 'group:default/traders',
    cluster: run.options.cluster,
    namespace: run.options.namespace,
    monitoring: 'own',
    requestsPerSecondPerReplica: 100,
    minReplicas: 2,
    maxReplicas: 10,
    serviceType: 'ClusterIP',
    preview: false,
    ...over,
  };
}
