import {
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ENTITY_ANNOTATIONS,
  sportsbookScalingReadPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterUnreachableError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { setTimeout as sleep } from 'timers/promises';
import request from 'supertest';
import { FakeClusterClient } from './__testUtils__/FakeClusterClient';
import { clusterUnderLoad, objectsOwnedBy } from './__testUtils__/underLoad';
import { clusterClientsServiceRef } from './clusterClientsServiceRef';
import { sportsbookScalingPlugin } from './plugin';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const PATH =
  '/api/sportsbook-scaling/v1/entities/component/default/sb-api/snapshot';

function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
  };
}

const entities = [
  component('sb-api', {
    [ENTITY_ANNOTATIONS.cluster]: 'dev',
    [ENTITY_ANNOTATIONS.namespace]: 'rev',
    [ENTITY_ANNOTATIONS.kubernetesId]: 'sb-api',
  }),
  component('borrowed', {
    [ENTITY_ANNOTATIONS.cluster]: 'dev',
    [ENTITY_ANNOTATIONS.namespace]: 'rev',
    [ENTITY_ANNOTATIONS.kubernetesId]: 'sb-api',
  }),
  component('library', { [ENTITY_ANNOTATIONS.namespace]: 'rev' }),
];

/** A catalog in which only some users see entities. */
function catalogVisibleTo(users: string[]) {
  const all = catalogServiceMock({ entities });
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => ({
      ...all,
      getEntityByRef: async (ref, { credentials }) => {
        const { userEntityRef } = (
          credentials as ReturnType<typeof mockCredentials.user>
        ).principal;
        return users.includes(userEntityRef)
          ? await all.getEntityByRef(ref)
          : undefined;
      },
    }),
  });
}

async function start(
  options: {
    client?: FakeClusterClient;
    visibleTo?: string[];
    authorize?: PermissionsService['authorize'];
    config?: object;
  } = {},
) {
  const client = options.client ?? clusterUnderLoad();
  const { server } = await startTestBackend({
    features: [
      sportsbookScalingPlugin,
      catalogVisibleTo(options.visibleTo ?? [ADA, BOB]),
      createServiceFactory({
        service: clusterClientsServiceRef,
        deps: {},
        factory: () => ({
          forCluster: () => client,
          names: async () => ['dev'],
        }),
      }),
      mockServices.permissions.mock({
        authorize:
          options.authorize ??
          (async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW }))),
      }).factory,
      mockServices.rootConfig.factory({
        data: { sportsbookScaling: options.config ?? {} },
      }),
    ],
  });
  const look = (as: string, path = PATH) =>
    request(server)
      .get(path)
      .set('authorization', mockCredentials.user.header(as));
  return { client, look, server };
}

describe('GET snapshot', () => {
  it('answers the snapshot of the entity’s target', async () => {
    const { look } = await start();

    const answer = await look(ADA);

    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatchObject({
      target: { cluster: 'dev', namespace: 'rev', scaledObject: 'sb-api' },
      requestsPerSecond: { status: 'ok', value: 250.25 },
      autoscaler: { status: 'ok', value: { currentReplicas: 3 } },
    });
  });

  it('refuses whoever is not signed in', async () => {
    const { client, server } = await start();

    const answer = await request(server)
      .get(PATH)
      .set('authorization', mockCredentials.none.header());

    expect(answer.status).toBe(401);
    expect(client.asked).toEqual([]);
  });

  it('refuses a viewer without the right, and asks nothing of the cluster', async () => {
    const asked: unknown[] = [];
    const { client, look } = await start({
      authorize: async requests => {
        asked.push(...requests);
        return requests.map(() => ({ result: AuthorizeResult.DENY }));
      },
    });

    const answer = await look(ADA);

    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('sportsbook.scaling.read'),
    });
    expect(asked).toEqual([
      {
        permission: sportsbookScalingReadPermission,
        resourceRef: 'component:default/sb-api',
      },
    ]);
    expect(client.asked).toEqual([]);
  });

  it('says nothing of an entity that the viewer may not see, though others looked at it', async () => {
    const { client, look } = await start({ visibleTo: [ADA] });
    await look(ADA);
    const asked = client.asked.length;

    const answer = await look(BOB);

    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toContain('component:default/sb-api');
    expect(client.asked).toHaveLength(asked);
  });

  it('names the annotations that an entity lacks', async () => {
    const { client, look } = await start();

    const answer = await look(ADA, PATH.replace('sb-api', 'library'));

    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe(
      `Entity 'component:default/library' does not say where it runs: it lacks ${ENTITY_ANNOTATIONS.cluster}, ${ENTITY_ANNOTATIONS.kubernetesId}. Add these annotations to its catalog-info.yaml.`,
    );
    expect(client.asked).toEqual([]);
  });

  it('does not answer for another entity that points at the same object', async () => {
    const { client, look } = await start({
      client: clusterUnderLoad({
        objects: objectsOwnedBy('component:default/sb-api'),
      }),
      config: { permissions: { read: 'owners' } },
    });
    const own = await look(ADA);
    const asked = client.asked.length;

    const borrowed = await look(BOB, PATH.replace('sb-api', 'borrowed'));

    expect(own.body.requestsPerSecond).toMatchObject({ value: 250.25 });
    expect(borrowed.status).toBe(200);
    expect(borrowed.body.requestsPerSecond).toMatchObject({
      status: 'forbidden',
      message: expect.stringContaining("belongs to 'component:default/sb-api'"),
    });
    expect(JSON.stringify(borrowed.body)).not.toContain('250.25');
    expect(client.asked.slice(asked)).toEqual(['get ScaledObject rev/sb-api']);
  });

  it('asks the cluster once for viewers who look at the same time and shortly after', async () => {
    const client = clusterUnderLoad();
    const { look } = await start({ client });
    const release = client.hold();
    const together = Promise.all([look(ADA), look(BOB)]);
    await waitUntil(() => client.asked.length > 0);
    release();

    const [ada, bob] = await together;
    const after = await look(BOB);

    expect(ada.status).toBe(200);
    expect(bob.body).toEqual(ada.body);
    expect(after.body).toEqual(ada.body);
    expect(
      client.asked.filter(call => call === 'get ScaledObject rev/sb-api'),
    ).toHaveLength(1);
  });

  it('asks again when the shared answer is too old, and shows what went stale', async () => {
    const { client, look } = await start({
      config: { snapshot: { cacheSeconds: 1 } },
    });
    await look(ADA);
    client.fail('*', new ClusterUnreachableError('connection refused'));
    await sleep(1_100);

    const answer = await look(ADA);

    expect(answer.status).toBe(200);
    expect(answer.body.requestsPerSecond).toMatchObject({
      status: 'stale',
      value: 250.25,
    });
    expect(answer.body.scaledObject).toMatchObject({
      status: 'stale',
      failure: 'unreachable',
      message: 'connection refused',
    });
  });

  it('registers both permissions, so that other plugins can list them', async () => {
    const { server } = await start();

    const answer = await request(server).get(
      '/api/sportsbook-scaling/.well-known/backstage/permissions/metadata',
    );

    expect(
      answer.body.permissions.map(({ name }: { name: string }) => name),
    ).toEqual(['sportsbook.scaling.read', 'sportsbook.scaling.apply']);
  });
});

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await sleep(5);
  }
}

describe('GET clusters', () => {
  const CLUSTERS = '/api/sportsbook-scaling/v1/clusters';
  const config = {
    apply: {
      rules: [{ users: [ADA], clusters: ['dev'], namespaces: ['rev'] }],
    },
  };

  it('answers what the user who asks may choose, and to nobody else', async () => {
    const { look, server } = await start({ config });

    expect((await look(ADA, CLUSTERS)).body).toEqual({
      clusters: [{ name: 'dev', access: 'sharedAccount' }],
    });
    expect((await look(BOB, CLUSTERS)).body.clusters).toEqual([]);
    const stranger = await request(server)
      .get(CLUSTERS)
      .set('authorization', mockCredentials.none.header());
    expect(stranger.status).toBe(401);
  });

  it('refuses namespaces to whom no rule allows any, and a template that is none', async () => {
    const { client, look } = await start({ config });

    const refused = await look(BOB, `${CLUSTERS}/dev/namespaces`);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain("cluster 'dev'");
    expect((await look(ADA, `${CLUSTERS}?template=x`)).status).toBe(400);
    expect(client.asked).toEqual([]);
  });
});
