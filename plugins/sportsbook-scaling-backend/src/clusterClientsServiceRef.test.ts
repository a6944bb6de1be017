import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import Router from 'express-promise-router';
import request from 'supertest';
import { sportsbookScalingPlugin } from './plugin';

describe('the way to the clusters', () => {
  it('is Backstage’s Kubernetes proxy, as a service and never as the viewer', async () => {
    const calls: { path: string; cluster?: string; principal: string }[] = [];
    const kubernetes = createBackendPlugin({
      pluginId: 'kubernetes',
      register(env) {
        env.registerInit({
          deps: {
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
          },
          async init({ httpAuth, httpRouter }) {
            const router = Router();
            router.use('/proxy', async (req, res) => {
              const { principal } = await httpAuth.credentials(req, {
                allow: ['user', 'service'],
              });
              calls.push({
                path: req.path,
                cluster: req.header('backstage-kubernetes-cluster'),
                principal: principal.type,
              });
              res.status(403).json({
                kind: 'Status',
                apiVersion: 'v1',
                status: 'Failure',
                reason: 'Forbidden',
                message: 'the account may not read',
                code: 403,
              });
            });
            httpRouter.use(router);
          },
        });
      },
    });
    const { server } = await startTestBackend({
      features: [
        sportsbookScalingPlugin,
        kubernetes,
        mockServices.rootConfig.factory({ data: {} }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'sb-api',
                annotations: {
                  [ENTITY_ANNOTATIONS.cluster]: 'dev',
                  [ENTITY_ANNOTATIONS.namespace]: 'rev',
                  [ENTITY_ANNOTATIONS.kubernetesId]: 'sb-api',
                },
              },
            },
          ],
        }),
      ],
    });

    const answer = await request(server)
      .get(
        '/api/sportsbook-scaling/v1/entities/component/default/sb-api/snapshot',
      )
      .set('authorization', mockCredentials.user.header());

    expect(answer.status).toBe(200);
    expect(answer.body.scaledObject).toMatchObject({
      status: 'forbidden',
      message: expect.stringContaining('the account may not read'),
    });
    expect(calls.length).toBeGreaterThan(0);
    expect(new Set(calls.map(call => call.cluster))).toEqual(new Set(['dev']));
    expect(new Set(calls.map(call => call.principal))).toEqual(
      new Set(['service']),
    );
  });
});
