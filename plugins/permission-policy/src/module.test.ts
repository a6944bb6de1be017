import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createPermissionIntegrationRouter } from '@backstage/plugin-permission-node';
import {
  sportsbookScalingApplyPermission,
  sportsbookScalingReadPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import request from 'supertest';
import { permissionModuleSportsbookScaling } from './module';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const READER = 'user:default/reader';

const oddsApi: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'odds-api' },
  relations: [{ type: 'ownedBy', targetRef: ADA }],
};

/**
 * Stands for the catalog where its rules are applied; the rules are its own.
 * The router is mounted by hand, because the registry's refuses callers that
 * test credentials cannot be: plugins on behalf of a user.
 */
const catalogRules = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = createPermissionIntegrationRouter();
        router.addResourceType({
          resourceType: catalogEntityPermissionResourceRef.resourceType,
          rules: Object.values(permissionRules),
          getResources: async refs => refs.map(() => oddsApi),
        });
        httpRouter.use(router);
      },
    });
  },
});

describe('a backend with this policy', () => {
  let cluster: Server;
  let askedOfCluster: string[];
  let backend: TestBackend;

  beforeAll(async () => {
    askedOfCluster = [];
    cluster = createServer((req, res) => {
      askedOfCluster.push(`${req.method} ${req.url}`);
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ kind: 'SecretList', items: [] }));
    });
    await new Promise<void>(resolve => cluster.listen(0, '127.0.0.1', resolve));
    const { port } = cluster.address() as AddressInfo;

    backend = await startTestBackend({
      features: [
        permissionPlugin,
        permissionModuleSportsbookScaling,
        permissionsServiceFactory,
        kubernetesPlugin,
        catalogRules,
        catalogServiceMock.factory({ entities: [oddsApi] }),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            sportsbookScaling: {
              permissions: { read: 'owners', readers: [READER] },
              apply: {
                rules: [
                  { users: [ADA], clusters: ['dev'], namespaces: ['betting'] },
                ],
              },
            },
            kubernetes: {
              serviceLocatorMethod: { type: 'singleTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'dev',
                      url: `http://127.0.0.1:${port}`,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: 'cluster-token',
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await new Promise(resolve => cluster.close(resolve));
  });

  const readSecrets = (authorization: string) =>
    request(backend.server)
      .get('/api/kubernetes/proxy/api/v1/secrets')
      .set('Backstage-Kubernetes-Cluster', 'dev')
      .set('authorization', authorization);

  const authorize = async (as: string, items: object[]) => {
    const answer = await request(backend.server)
      .post('/api/permission/authorize')
      .set('authorization', mockCredentials.user.header(as))
      .send({ items });
    expect(answer.body).toMatchObject({ items: expect.any(Array) });
    return answer.body.items.map((item: { result: string }) => item.result);
  };

  const mayRead = (as: string) =>
    authorize(as, [
      {
        id: '1',
        permission: sportsbookScalingReadPermission,
        resourceRef: 'component:default/odds-api',
      },
    ]);

  it('answers 403 to a user who may apply but calls the proxy directly', async () => {
    expect(
      await authorize(ADA, [
        { id: '1', permission: sportsbookScalingApplyPermission },
      ]),
    ).toEqual([AuthorizeResult.ALLOW]);

    const answer = await readSecrets(mockCredentials.user.header(ADA));

    expect(answer.status).toBe(403);
    expect(answer.body.error.name).toBe('NotAllowedError');
    expect(askedOfCluster).toEqual([]);
  });

  it('lets a plugin through to the cluster as a service', async () => {
    const answer = await readSecrets(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service(),
        targetPluginId: 'kubernetes',
      }),
    );

    expect(answer.status).toBe(200);
    expect(askedOfCluster).toEqual(['GET /api/v1/secrets']);
  });

  it('shows an entity’s scaling to its owner and to listed readers alone', async () => {
    expect(await mayRead(ADA)).toEqual([AuthorizeResult.ALLOW]);
    expect(await mayRead(READER)).toEqual([AuthorizeResult.ALLOW]);
    expect(await mayRead(BOB)).toEqual([AuthorizeResult.DENY]);
  });

  it('allows applying only to users whom a rule names', async () => {
    expect(
      await authorize(BOB, [
        { id: '1', permission: sportsbookScalingApplyPermission },
      ]),
    ).toEqual([AuthorizeResult.DENY]);
  });
});
