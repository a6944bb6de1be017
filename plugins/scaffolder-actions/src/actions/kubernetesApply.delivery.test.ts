import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  ClusterUnreachableError,
  DeliveryRefusedError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { JsonObject } from '@backstage/types';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { deliveryOfProd } from '../__testUtils__/deliverySettings';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { createKubernetesApplyAction } from './kubernetesApply';
import { createKubernetesDeleteAction } from './kubernetesDelete';

const FLUX = {
  type: 'flux',
  register: 'cluster',
  serviceAccountName: 'deployer',
};

describe.each([
  ['Flux', FLUX, /delivered to by Flux.*gitops:register/],
  ['its own people', 'none', /nobody but its own people.*instructions/],
])('where %s deliver', (_, delivery, reason) => {
  const workspace = createMockDirectory();
  const reader = mockServices.urlReader.mock();
  let client: FakeCluster;
  let access: FakeClusterAccess;

  beforeEach(() => {
    client = new FakeCluster(['betting']);
    access = new FakeClusterAccess(client);
    workspace.setContent({
      'k8s/service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: odds}\n',
    });
  });

  const apply = (
    input: { cluster?: string; plan?: boolean } = {},
    options: { isDryRun?: boolean } = {},
  ) =>
    runAction(
      createKubernetesApplyAction({
        access,
        reader,
        prometheus: { allowedAddresses: [], allowedNamespaces: [] },
        deliveryOf: deliveryOfProd(delivery),
      }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          sources: [{ path: 'k8s' }],
          ...input,
        },
        workspacePath: workspace.path,
        ...options,
      },
    );
  const remove = (plan?: boolean) =>
    runAction(
      createKubernetesDeleteAction({
        access,
        reader,
        deliveryOf: deliveryOfProd(delivery),
      }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          sources: [{ path: 'k8s' }],
          ...(plan === undefined ? {} : { plan }),
        },
        workspacePath: workspace.path,
      },
    );

  it('refuses to apply and to delete, before the cluster is asked', async () => {
    for (const write of [apply(), remove()]) {
      await expect(write).rejects.toThrow(DeliveryRefusedError);
      await expect(write).rejects.toThrow(reason);
    }
    expect(access.requests).toEqual([]);
    expect(client.writes).toEqual([]);
  });

  it('plans by reading alone, also in a dry run', async () => {
    const { outputs, lines } = await apply({ plan: true });
    expect(outputs.changeSet).toMatchObject([{ action: 'created' }]);
    expect(lines.join('\n')).toContain('the plan only reads');
    await apply({}, { isDryRun: true });
    expect(client.writes).toEqual([]);
  });

  it('applies to other clusters as ever', async () => {
    await apply({ cluster: 'dev' });
    expect(client.written()).toEqual(['Service betting/odds']);
  });
});

describe('a plan for a cluster that does not answer', () => {
  const workspace = createMockDirectory();
  const planFor = (delivery: JsonObject | string) => {
    workspace.setContent({
      'k8s/service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: odds}\n',
    });
    const client = new FakeCluster(['betting']);
    client.discover = async () => {
      throw new ClusterUnreachableError('nothing answers at prod:6443');
    };
    return runAction(
      createKubernetesApplyAction({
        access: new FakeClusterAccess(client),
        reader: mockServices.urlReader.mock(),
        prometheus: { allowedAddresses: [], allowedNamespaces: [] },
        deliveryOf: deliveryOfProd(delivery),
      }),
      {
        input: {
          cluster: 'prod',
          namespace: 'betting',
          sources: [{ path: 'k8s' }],
          plan: true,
        },
        workspacePath: workspace.path,
      },
    );
  };

  it('says so of every object, where only its own people have to reach it', async () => {
    const { outputs, lines } = await planFor('none');
    expect(outputs.changeSet).toMatchObject([
      {
        ref: { kind: 'Service', name: 'odds' },
        action: 'unverifiable',
        reason: 'the cluster cannot be reached: nothing answers at prod:6443',
        file: 'k8s/service.yaml',
      },
    ]);
    expect(outputs.summary).toContain('nothing answers at prod:6443');
    expect(lines).toContain(
      "warn: The plan says nothing of cluster 'prod', which its own people apply to: nothing answers at prod:6443",
    );
  });

  it.each(['apply', FLUX])('fails where delivery is %j', async delivery => {
    await expect(planFor(delivery)).rejects.toThrow(ClusterUnreachableError);
  });
});
