import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { deployment, scaledObject } from '../../testUtils/serviceManifests';
import { inBetting } from '../__testUtils__/inBetting';
import { planIn } from '../__testUtils__/planIn';

const spec = deployment.spec as { template: { spec: object } };

/** The service with resources of its container, as its manifest has them. */
const serviceWith = (
  resources: object,
  strategy?: object,
): KubernetesObject => ({
  ...deployment,
  spec: {
    ...spec,
    ...(strategy === undefined ? {} : { strategy }),
    template: {
      ...spec.template,
      spec: { containers: [{ name: 'api', image: 'odds:1', resources }] },
    },
  },
});

const usual = serviceWith(
  {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '1', memory: '256Mi' },
  },
  { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
);

const quota = (
  hard: object,
  used: object = {},
  more: object = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'team', namespace: 'betting' },
  spec: { hard, ...more },
  status: { hard, used },
});

const limitRange = (...limits: object[]): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'sizes', namespace: 'betting' },
  spec: { limits },
});

async function plan(
  seeded: KubernetesObject[],
  ...objects: KubernetesObject[]
) {
  const client = new FakeCluster(['betting']);
  seeded.forEach(object => client.seed(object));
  const { problems, warnings } = await planIn(client, objects);
  return {
    problems: problems.map(formatPlanProblem),
    // The fake has no Prometheus, which other checks speak of.
    warnings: warnings.filter(text => /ResourceQuota|LimitRange/.test(text)),
  };
}

const withAutoscaler = (seeded: KubernetesObject[], service = usual) =>
  plan(
    [
      inBetting({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'prometheus-odds' },
      }),
      ...seeded,
    ],
    service,
    scaledObject(),
  );

describe('a quota', () => {
  it('has to leave room for the maximum, not only for what runs first', async () => {
    const { problems } = await withAutoscaler([
      quota({ 'requests.cpu': '2' }, { 'requests.cpu': '1400m' }),
    ]);
    expect(problems).toEqual([
      expect.stringContaining(
        "Deployment betting/odds: ResourceQuota 'team' leaves room for 6 of its 10 replicas (requests.cpu: 10 need 1, 0.6 of 2 is left); lower the maximum",
      ),
    ]);
  });

  it('is content with room for all of them and a rollout', async () => {
    expect(
      await withAutoscaler([
        quota({
          'requests.cpu': '1100m',
          'requests.memory': '1408Mi',
          'limits.cpu': '11',
          'limits.memory': '2816Mi',
          pods: '11',
        }),
      ]),
    ).toEqual({ problems: [], warnings: [] });
  });

  it('warns where only a rollout at the maximum would not fit', async () => {
    const { problems, warnings } = await withAutoscaler([
      quota({ pods: '10' }),
    ]);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining(
        'leaves room for all 10 replicas, but a rollout at the maximum needs 1 more for a while and would stand still (pods: 11 need 11, 10 of 10 is left)',
      ),
    ]);
  });

  it('counts what the service itself uses already as given back', async () => {
    const live = inBetting({ ...usual, status: { replicas: 4 } });
    const { problems } = await withAutoscaler([
      live,
      quota({ pods: '11' }, { pods: '4' }),
    ]);
    expect(problems).toEqual([]);
  });

  it('names the scarcest resource, in units that people read', async () => {
    const { problems } = await withAutoscaler([
      quota({ 'requests.cpu': '500m', 'requests.memory': '256Mi' }),
    ]);
    expect(problems).toEqual([
      expect.stringContaining(
        'room for 2 of its 10 replicas (requests.memory: 10 need 1.3Gi, 256Mi of 256Mi is left)',
      ),
    ]);
  });

  it('wants what it counts to be named by each container', async () => {
    const { problems } = await withAutoscaler(
      [quota({ 'limits.memory': '8Gi', 'requests.cpu': '4' })],
      serviceWith({ requests: { cpu: '100m' } }),
    );
    expect(problems).toEqual([
      expect.stringContaining(
        "its pods would be refused: ResourceQuota 'team' wants limits.memory of container 'api' to be named",
      ),
    ]);
  });

  it('takes what a LimitRange fills in as named', async () => {
    const { problems } = await withAutoscaler(
      [
        quota({ 'limits.memory': '2816Mi' }),
        limitRange({ type: 'Container', default: { memory: '256Mi' } }),
      ],
      serviceWith({}, { type: 'Recreate' }),
    );
    expect(problems).toEqual([]);
  });

  it.each([
    ['BestEffort', 'pods in its scope', 0],
    ['NotBestEffort', 'others', 1],
    ['Terminating', 'pods in its scope', 0],
    ['NotTerminating', 'others', 1],
  ])('of scope %s counts only %s', async (scope, _which, count) => {
    const { problems } = await withAutoscaler([
      quota({ pods: '1' }, {}, { scopes: [scope] }),
    ]);
    expect(problems).toHaveLength(count);
  });

  it('of a priority class counts only pods of that class', async () => {
    const ofClass = (operator: string) =>
      quota(
        { pods: '1' },
        {},
        {
          scopeSelector: {
            matchExpressions: [
              { scopeName: 'PriorityClass', operator, values: ['high'] },
            ],
          },
        },
      );
    expect((await withAutoscaler([ofClass('In')])).problems).toEqual([]);
    expect((await withAutoscaler([ofClass('NotIn')])).problems).toHaveLength(1);
  });

  it('includes the own Prometheus, with what the operator adds to it', async () => {
    const prometheus: KubernetesObject = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'odds' },
      spec: { resources: { requests: { memory: '256Mi' } } },
    };
    const hard = (memory: string) => quota({ 'requests.memory': memory });
    expect((await plan([hard('306Mi')], prometheus)).problems).toEqual([]);
    expect((await plan([hard('305Mi')], prometheus)).problems).toEqual([
      expect.stringContaining('leaves room for 0 of its 1 replicas'),
    ]);
  });

  it('is skipped with a note where it may not be read', async () => {
    const client = new FakeCluster(['betting']);
    client.denied.add('list resourcequotas');
    const { problems, warnings } = await planIn(client, [usual]);
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringContaining(
        'Objects of kind ResourceQuota on the cluster were not looked at',
      ),
    );
  });
});

describe('a limit range', () => {
  it.each([
    [
      'a minimum',
      { min: { memory: '200Mi' } },
      "container 'api' asks for memory 128Mi, and LimitRange 'sizes' wants at least 200Mi",
    ],
    [
      'a maximum',
      { max: { cpu: '500m' } },
      "container 'api' asks for cpu 1, and LimitRange 'sizes' allows at most 0.5",
    ],
    [
      'a ratio',
      { maxLimitRequestRatio: { cpu: '4' } },
      "the limit of container 'api' is 10 times its request for cpu, and LimitRange 'sizes' allows 4 times",
    ],
  ])(
    'refuses pods outside of %s before they are made',
    async (_, item, reason) => {
      const { problems } = await withAutoscaler([
        limitRange({ type: 'Container', ...item }),
      ]);
      expect(problems).toEqual([
        expect.stringContaining(`its pods would be refused: ${reason}`),
      ]);
    },
  );

  it('of pods looks at all containers together', async () => {
    const two = {
      ...usual,
      spec: {
        ...spec,
        template: {
          spec: {
            containers: ['a', 'b'].map(name => ({
              name,
              resources: { limits: { cpu: '300m' } },
            })),
          },
        },
      },
    };
    const { problems } = await withAutoscaler(
      [limitRange({ type: 'Pod', max: { cpu: '500m' } })],
      two,
    );
    expect(problems).toEqual([
      expect.stringContaining(
        "the pod asks for cpu 0.6, and LimitRange 'sizes' allows at most 0.5",
      ),
    ]);
  });

  it('passes what is within it', async () => {
    const { problems } = await withAutoscaler([
      limitRange({
        type: 'Container',
        min: { cpu: '50m' },
        max: { cpu: '2', memory: '1Gi' },
        maxLimitRequestRatio: { cpu: '10' },
      }),
    ]);
    expect(problems).toEqual([]);
  });
});
