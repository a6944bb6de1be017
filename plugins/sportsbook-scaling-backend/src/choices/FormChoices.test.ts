import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  ApplyPolicy,
  ClusterForbiddenError,
  ClusterSettings,
  ClusterUnreachableError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { ChoiceUser } from './ChoiceUser';
import { FormChoices } from './FormChoices';

const TEMPLATE = 'template:default/autoscaled';

const ada: ChoiceUser = {
  identity: { ref: 'user:default/ada', memberOf: ['group:default/odds'] },
  mayApply: true,
};

const rule = {
  users: ['group:default/odds'],
  templates: [TEMPLATE],
  clusters: ['dev', 'personal'],
  namespaces: ['betting', 'team-*'],
};

function setUp(
  options: {
    rules?: JsonObject[];
    clusters?: JsonObject[];
    known?: string[];
  } = {},
) {
  const config = new ConfigReader({
    sportsbookScaling: {
      apply: { rules: options.rules ?? [rule] },
      clusters: options.clusters ?? [{ name: 'personal', access: 'userToken' }],
    },
  });
  const cluster = new FakeCluster([
    'betting',
    'kube-system',
    'team-a',
    'team-b',
  ]);
  const tokens: (string | undefined)[] = [];
  const choices = new FormChoices({
    clusters: {
      forCluster: (_, { userToken } = {}) => {
        tokens.push(userToken);
        return cluster;
      },
      names: async () => options.known ?? ['prod', 'personal', 'dev'],
    },
    policy: ApplyPolicy.fromConfig(config),
    settings: ClusterSettings.fromConfig(config),
  });
  const namespaces = (
    more: { cluster?: string; userToken?: string; user?: ChoiceUser } = {},
  ) =>
    choices.namespaces({
      user: ada,
      templateRef: TEMPLATE,
      cluster: 'dev',
      ...more,
    });
  return { choices, cluster, tokens, namespaces };
}

describe('the clusters of a form', () => {
  it('are those of a rule for the user and the template, and say whose rights are used', async () => {
    const { choices } = setUp();
    expect(
      await choices.clusters({ user: ada, templateRef: TEMPLATE }),
    ).toEqual({
      clusters: [
        { name: 'dev', access: 'sharedAccount' },
        { name: 'personal', access: 'userToken' },
      ],
    });
  });

  it.each([
    ['another template', { user: ada, templateRef: 'template:default/other' }],
    [
      'another user',
      {
        user: { ...ada, identity: { ref: 'user:default/eve', memberOf: [] } },
        templateRef: TEMPLATE,
      },
    ],
  ])('are none for %s, with whom to ask', async (_, request) => {
    const { choices } = setUp();
    expect(await choices.clusters(request)).toEqual({
      clusters: [],
      refusal: {
        reason: expect.stringContaining(request.user.identity.ref),
        nextStep: expect.stringContaining('sportsbookScaling.apply.rules'),
      },
    });
  });

  it('are none without the permission, whatever the rules say', async () => {
    const { choices } = setUp();
    const { clusters, refusal } = await choices.clusters({
      user: { ...ada, mayApply: false },
      templateRef: TEMPLATE,
    });
    expect(clusters).toEqual([]);
    expect(refusal?.reason).toContain("'sportsbook.scaling.apply'");
  });

  it('are those of any template where the form does not say which it is', async () => {
    const { choices } = setUp();
    const { clusters } = await choices.clusters({ user: ada });
    expect(clusters.map(({ name }) => name)).toEqual(['dev', 'personal']);
  });
});

describe('the namespaces of a cluster', () => {
  it('are those that are there and that a rule allows', async () => {
    const { namespaces, tokens } = setUp();
    expect(await namespaces()).toEqual({
      existing: { status: 'listed', names: ['betting', 'team-a', 'team-b'] },
      allowed: ['betting', 'team-*'],
    });
    expect(tokens).toEqual([undefined]);
  });

  it('leave out one that is being deleted', async () => {
    const { namespaces, cluster } = setUp();
    cluster.update(
      { apiVersion: 'v1', kind: 'Namespace', name: 'team-a' },
      namespace => {
        namespace.status = { phase: 'Terminating' };
      },
    );
    expect((await namespaces()).existing).toEqual({
      status: 'listed',
      names: ['betting', 'team-b'],
    });
  });

  it('are those that rules name in full where they may not be listed', async () => {
    const { namespaces, cluster } = setUp();
    cluster.denied.add('list namespaces');
    expect((await namespaces()).existing).toEqual({
      status: 'listed',
      names: ['betting'],
    });
  });

  it.each([
    ['forbidden', new ClusterForbiddenError('may not')],
    ['unreachable', new ClusterUnreachableError('nobody there')],
    ['failed', new Error('boom')],
  ])('are told to be %s, and what is allowed still', async (status, error) => {
    const { namespaces, cluster } = setUp();
    cluster.list = async () => {
      throw error;
    };
    cluster.get = async () => {
      throw error;
    };
    expect(await namespaces()).toEqual({
      existing: { status, message: expect.stringContaining(error.message) },
      allowed: ['betting', 'team-*'],
    });
  });

  it('say how new ones are named where the cluster allows them', async () => {
    const { namespaces } = setUp({
      clusters: [
        { name: 'dev', namespaces: { create: true, pattern: 'team-[a-z]+' } },
      ],
    });
    expect(await namespaces()).toMatchObject({ newNamePattern: 'team-[a-z]+' });
  });

  it("need the user's token where the cluster is reached with it", async () => {
    const { namespaces, tokens } = setUp();
    expect(await namespaces({ cluster: 'personal' })).toMatchObject({
      existing: { status: 'tokenNeeded' },
      allowed: ['betting', 'team-*'],
    });
    expect(tokens).toEqual([]);
  });

  it('are with that token those in which the cluster lets the user create', async () => {
    const { namespaces, cluster, tokens } = setUp();
    cluster.can = async ({ namespace, verb, resource }) => ({
      allowed:
        namespace === 'team-b' &&
        verb === 'create' &&
        resource === 'deployments',
    });
    expect(
      await namespaces({ cluster: 'personal', userToken: 'of-ada' }),
    ).toMatchObject({ existing: { status: 'listed', names: ['team-b'] } });
    expect(tokens).toEqual(['of-ada']);
  });

  it('are refused on a cluster of no rule, and without the permission', async () => {
    const { namespaces, tokens } = setUp();
    await expect(namespaces({ cluster: 'prod' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining("cluster 'prod'"),
    });
    await expect(
      namespaces({ user: { ...ada, mayApply: false } }),
    ).rejects.toThrow("'sportsbook.scaling.apply'");
    expect(tokens).toEqual([]);
  });

  it('are not asked of a cluster that Backstage does not know', async () => {
    const { namespaces } = setUp({ known: ['prod'] });
    await expect(namespaces()).rejects.toMatchObject({
      name: 'NotFoundError',
      message: "Backstage knows no cluster 'dev'. It knows prod.",
    });
  });
});
