import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { deployment, service } from '../../testUtils/serviceManifests';
import { planIn } from '../__testUtils__/planIn';

it('refuses kinds that the cluster was not opened for, in whatever scope', async () => {
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'fresh' },
  };
  const { problems, changes } = await planIn(
    new FakeCluster(['betting']),
    [service, deployment, namespace],
    // A kind that is cluster-scoped by now was granted as a namespaced one.
    { granted: { kinds: ['/Service', '/Namespace'], clusterScopedKinds: [] } },
  );
  expect(problems.map(formatPlanProblem)).toEqual([
    expect.stringContaining(
      "Deployment betting/odds: its kind 'apps/Deployment' was not among those that the cluster was opened for",
    ),
    expect.stringContaining("its kind '/Namespace' was not among"),
  ]);
  expect(changes.map(({ ref }) => ref.kind)).toEqual(['Service']);
});
