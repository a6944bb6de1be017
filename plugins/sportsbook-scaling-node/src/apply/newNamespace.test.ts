import { FakeCluster } from '../testUtils/FakeCluster';
import { namespaceObjects } from '../policy/namespaceObjects';
import { deployment, service, sourced } from '../testUtils/serviceManifests';
import { formatPlanProblem } from '../model/PlanProblem';
import { applyManifests } from './applyManifests';
import { NewNamespace } from './NewNamespace';
import { planApply } from './planApply';

const made: NewNamespace = {
  objects: namespaceObjects(
    {
      create: true,
      pattern: 'team-.*',
      labels: { 'cost-centre': '7' },
      annotations: {},
      podSecurity: 'restricted',
      resourceQuota: { hard: { pods: '4' } },
      limitRange: { limits: [{ type: 'Container', max: { cpu: '2' } }] },
    },
    'team-odds',
  ),
  source: "sportsbookScaling.clusters['fake'].namespaces",
};

const request = (client: FakeCluster, newNamespace: NewNamespace = made) => ({
  client,
  manifests: sourced(service),
  namespace: 'team-odds',
  newNamespace,
  granted: { kinds: ['/Service'], clusterScopedKinds: [] },
});

describe('a namespace that is absent', () => {
  it('is shown in the plan with what comes with it, and what is in it cannot be tried yet', async () => {
    const { problems, changes } = await planApply(request(new FakeCluster()));
    expect(problems.map(formatPlanProblem)).toEqual([]);
    expect(changes.map(({ ref, action }) => `${action} ${ref.kind}`)).toEqual([
      'created Namespace',
      'unverifiable ResourceQuota',
      'unverifiable LimitRange',
      'unverifiable Service',
    ]);
  });

  it('is made first, and its limits hold before anything is in it', async () => {
    const client = new FakeCluster();
    await applyManifests(request(client));
    expect(client.written()).toEqual([
      'Namespace team-odds',
      'ResourceQuota team-odds/namespace-policy',
      'LimitRange team-odds/namespace-policy',
      'Service team-odds/odds',
    ]);
    expect(
      await client.get({
        apiVersion: 'v1',
        kind: 'Namespace',
        name: 'team-odds',
      }),
    ).toMatchObject({
      metadata: {
        labels: {
          'cost-centre': '7',
          'pod-security.kubernetes.io/enforce': 'restricted',
        },
      },
    });
  });

  it('is completed where a run was interrupted, and left alone afterwards', async () => {
    const client = new FakeCluster();
    client.seed({ ...made.objects[0] }, 'backstage-sportsbook-scaling');
    await applyManifests(request(client));
    expect(client.written()).toEqual([
      'ResourceQuota team-odds/namespace-policy',
      'LimitRange team-odds/namespace-policy',
      'Service team-odds/odds',
    ]);
    await applyManifests(request(client));
    expect(client.written()).toHaveLength(3);
  });

  it('is held against its own quota before it exists', async () => {
    const { problems } = await planApply({
      ...request(new FakeCluster()),
      granted: undefined,
      manifests: sourced({
        ...deployment,
        spec: { ...(deployment.spec as object), replicas: 5 },
      }),
    });
    expect(problems.map(formatPlanProblem)).toEqual([
      expect.stringContaining(
        "ResourceQuota 'namespace-policy' leaves room for 4 of its 5 replicas",
      ),
    ]);
  });

  it('is refused with the reason where its name may not be, and nothing is changed', async () => {
    const client = new FakeCluster();
    await expect(
      applyManifests(request(client, { refused: 'it is not of the pattern' })),
    ).rejects.toThrow(
      /cluster 'fake' has no namespace 'team-odds'.*it is not made, because it is not of the pattern; choose another/,
    );
    expect(client.written()).toEqual([]);
  });

  it('asks for the rights that making it takes, and for none to wait for it', async () => {
    const client = new FakeCluster();
    client.denied.add('create namespaces').add('watch namespaces');
    const { problems } = await planApply(request(client));
    expect(problems.map(formatPlanProblem)).toEqual([
      expect.stringMatching(/may not create namespaces;/),
    ]);
  });
});

it('leaves a namespace alone that is there and was not made by the policy', async () => {
  const client = new FakeCluster(['team-odds']);
  await applyManifests(request(client));
  expect(client.written()).toEqual(['Service team-odds/odds']);
});
