import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { sourced } from '../../testUtils/serviceManifests';
import { planApply } from '../planApply';
import { ApplyManifestsOptions } from '../preparePlan';

/** Plans to apply objects into the namespace `betting`. */
export function planIn(
  client: FakeCluster,
  objects: KubernetesObject[],
  options: Partial<ApplyManifestsOptions> = {},
) {
  return planApply({
    client,
    manifests: sourced(...objects),
    namespace: 'betting',
    ...options,
  });
}

/** What speaks against applying objects, in words. */
export async function problemsIn(
  client: FakeCluster,
  ...objects: KubernetesObject[]
): Promise<string[]> {
  const { problems } = await planIn(client, objects);
  return problems.map(formatPlanProblem);
}
