import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { PlatformRun } from './PlatformPart';

/** A service of 2 to 10 replicas with a Prometheus of its own and a node port, for load from outside. */
export async function createServiceForLoad(
  { backstage, options }: PlatformRun,
  service: { namespace: string; name: string },
): Promise<void> {
  await backstage.runTask(
    TEMPLATE_REF,
    {
      ...service,
      owner: 'group:default/traders',
      cluster: options.cluster,
      monitoring: 'own',
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
      serviceType: 'NodePort',
      preview: false,
    },
    { withinSeconds: 240 },
  );
}
