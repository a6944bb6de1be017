import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import {
  ApplyPolicy,
  ClusterSettings,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { runAction } from '../__testUtils__/actionRun';
import { createKubernetesApplyAction } from '../actions/kubernetesApply';
import { createKubernetesDeleteAction } from '../actions/kubernetesDelete';
import { createKubernetesWaitAction } from '../actions/kubernetesWait';
import { DefaultClusterAccess } from './DefaultClusterAccess';

const TOKEN = 'eyJ-the-token-of-ada';

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'odds',
  namespace: 'betting',
};

/** The actions on a cluster that is reached with the user's own token. */
function setUp() {
  const config = new ConfigReader({
    sportsbookScaling: {
      clusters: [{ name: 'personal', access: 'userToken' }],
      apply: {
        rules: [
          { users: ['*'], clusters: ['personal'], namespaces: ['betting'] },
        ],
      },
    },
  });
  const cluster = new FakeCluster(['betting']);
  const tokens: (string | undefined)[] = [];
  const audited: string[] = [];
  const access = new DefaultClusterAccess({
    auth: mockServices.auth(),
    permissions: mockServices.permissions.mock({
      authorize: async () => [{ result: AuthorizeResult.ALLOW }],
    }),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada'],
      }),
    }),
    auditor: mockServices.auditor.mock({
      createEvent: async event => {
        audited.push(JSON.stringify(event));
        return {
          success: async () => {},
          fail: async ({ error }) => {
            audited.push(error.message);
          },
        };
      },
    }),
    policy: ApplyPolicy.fromConfig(config),
    settings: ClusterSettings.fromConfig(config),
    clients: {
      client: (_, options) => {
        tokens.push(options?.userToken);
        return cluster;
      },
    },
  });
  return { access, cluster, tokens, audited };
}

describe("the user's Kubernetes token", () => {
  const workspace = createMockDirectory();
  const reader = mockServices.urlReader.mock();
  const sources = [{ path: 'k8s' }];

  beforeEach(() => {
    workspace.setContent({
      k8s: {
        'config.yaml': JSON.stringify({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'odds' },
          data: { a: 'b' },
        }),
      },
    });
  });

  const runsWith = (access: DefaultClusterAccess) => {
    const given = (input: JsonObject) => ({
      input: { cluster: 'personal', ...input },
      workspacePath: workspace.path,
      secrets: { KUBERNETES_TOKEN: TOKEN },
    });
    return {
      apply: () =>
        runAction(
          createKubernetesApplyAction({
            access,
            reader,
            prometheus: { allowedAddresses: [], allowedNamespaces: [] },
          }),
          given({ namespace: 'betting', sources }),
        ),
      wait: () =>
        runAction(
          createKubernetesWaitAction({ access }),
          given({ objects: [configMap], timeoutSeconds: 5 }),
        ),
      remove: () =>
        runAction(
          createKubernetesDeleteAction({ access, reader }),
          given({
            namespace: 'betting',
            objects: [configMap],
            timeoutSeconds: 5,
          }),
        ),
    };
  };

  it('reaches the cluster, and nothing that is kept: no log, output, checkpoint, workspace or audit', async () => {
    const { access, cluster, tokens, audited } = setUp();
    const { apply, wait, remove } = runsWith(access);
    for (const run of [await apply(), await wait(), await remove()]) {
      expect(run.lines.length).toBeGreaterThan(0);
      expect(JSON.stringify(run)).not.toContain(TOKEN);
    }
    expect(cluster.written()).toEqual([
      'ConfigMap betting/odds',
      'ConfigMap betting/odds',
    ]);
    expect(new Set(tokens)).toEqual(new Set([TOKEN]));
    expect(JSON.stringify(workspace.content())).not.toContain(TOKEN);
    expect(audited.length).toBeGreaterThan(0);
    expect(audited.join('\n')).not.toContain(TOKEN);
  });

  it('is not in what an action fails with', async () => {
    const { access, cluster } = setUp();
    cluster.denied.add('patch configmaps');
    const failing = runsWith(access).apply();
    await expect(failing).rejects.toThrow(/may not patch configmaps/);
    await expect(failing).rejects.not.toThrow(TOKEN);
  });
});
