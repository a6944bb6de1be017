import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { PrometheusUnreachableError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { clusterUnderLoad, UNDER_LOAD_AT } from '../__testUtils__/underLoad';
import { SnapshotAccess } from '../access/SnapshotAccess';
import { EntitySnapshots } from '../EntitySnapshots';
import { ScalingSnapshotService } from '../snapshot/ScalingSnapshotService';
import { registerGetScalingStatus } from './registerGetScalingStatus';

const ID = 'test:get-scaling-status';

function setUp(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const client = clusterUnderLoad();
  const service = new ScalingSnapshotService({
    access: SnapshotAccess.fromConfig(mockServices.rootConfig()),
    clusters: { forCluster: () => client },
    prometheusLimits: { allowedAddresses: [], allowedNamespaces: [] },
    sourceTimeoutSeconds: 3,
    keepStaleSeconds: 900,
    logger: mockServices.logger.mock(),
    now: () => UNDER_LOAD_AT,
  });
  const registry = actionsRegistryServiceMock();
  registerGetScalingStatus(
    registry,
    new EntitySnapshots({
      catalog: catalogServiceMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'sb-api',
              namespace: 'default',
              annotations: {
                [ENTITY_ANNOTATIONS.cluster]: 'dev',
                [ENTITY_ANNOTATIONS.namespace]: 'rev',
                [ENTITY_ANNOTATIONS.kubernetesId]: 'sb-api',
              },
            },
          },
        ],
      }),
      permissions: mockServices.permissions.mock({
        authorize: async requests => requests.map(() => ({ result })),
      }),
      snapshots: { of: subject => service.take(subject) },
    }),
  );
  const invoke = (entityRef: string) =>
    registry.invoke({
      id: ID,
      input: { entityRef },
      credentials: mockCredentials.user(),
    });
  return { client, invoke, registry };
}

describe('get-scaling-status', () => {
  it('says in numbers and words what the autoscaler does', async () => {
    const { invoke } = setUp(AuthorizeResult.ALLOW);

    const { output } = await invoke('component:default/sb-api');

    expect(output).toEqual({
      state: 'holding',
      sentence: expect.stringContaining('Holding at 3'),
      requestsPerSecond: 250.25,
      requestsPerSecondPerReplica: 100,
      currentReplicas: 3,
      desiredReplicas: 3,
      minReplicas: 2,
      maxReplicas: 10,
      notKnown: [],
    });
  });

  it('says what is not known, and why', async () => {
    const { client, invoke } = setUp(AuthorizeResult.ALLOW);
    client.fail('prometheus', new PrometheusUnreachableError('gone'));

    const { output } = await invoke('component:default/sb-api');

    expect(output).toMatchObject({ currentReplicas: 3, notKnown: ['gone'] });
    expect(output).toMatchObject({ requestsPerSecond: undefined });
  });

  it('is refused to whoever may not see the scaling', async () => {
    const { client, invoke } = setUp(AuthorizeResult.DENY);

    await expect(invoke('component:default/sb-api')).rejects.toThrow(
      'sportsbook.scaling.read',
    );
    expect(client.asked).toEqual([]);
  });

  it('does not guess what a short ref means', async () => {
    const { invoke } = setUp(AuthorizeResult.ALLOW);

    await expect(invoke('sb-api')).rejects.toThrow(
      "'sb-api' is not a full entity ref",
    );
  });

  it('is offered as an action that only reads', async () => {
    const { registry } = setUp(AuthorizeResult.ALLOW);

    const { actions } = await registry.list();

    expect(actions).toMatchObject([
      { id: ID, attributes: { readOnly: true, destructive: false } },
    ]);
  });
});
