import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { deployment, service } from '../__testUtils__/objectsOf';
import { TestObjects, typeOf } from '../__testUtils__/openTestObjects';
import type { StoredClusterObjects } from '../StoredClusterObjects';

const MANAGER = { manager: 'test' };
const ports = [{ port: 80 }];

function object(
  apiVersion: string,
  kind: string,
  spec: Record<string, unknown>,
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name: 'subject', namespace: 'default' },
    spec,
  };
}

const CONDITION = {
  type: 'Tested',
  status: 'True',
  reason: 'Test',
  message: 'it was written',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};
const POD = { containers: [{ name: 'service', image: 'node:22-slim' }] };

/** What the endpoint of a write does not change is the stored object's, which nobody may write to. */
describe('writing to a part of an object whose other parts are stored ones', () => {
  const test = new TestObjects();
  let objects: StoredClusterObjects;

  beforeAll(async () => {
    objects = await test.open();
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'default' },
    };
    objects.create(typeOf(objects, account), account, MANAGER);
  });
  afterAll(() => test.close());

  it.each([
    ['a Service', service('plain', { ports })],
    ['a headless Service', service('headless', { clusterIP: 'None', ports })],
    [
      'a Service with a node port',
      service('node', { type: 'NodePort', ports }),
    ],
    [
      'a Service by name',
      service('named', { type: 'ExternalName', externalName: 'example.com' }),
    ],
    ['a Deployment', deployment('deployed')],
    ['a Pod', object('v1', 'Pod', POD)],
    [
      'a Job',
      object('batch/v1', 'Job', {
        template: { spec: { ...POD, restartPolicy: 'Never' } },
      }),
    ],
    [
      'a PodDisruptionBudget',
      object('policy/v1', 'PodDisruptionBudget', {
        minAvailable: 1,
        selector: { matchLabels: { app: 'a' } },
      }),
    ],
    [
      'a HorizontalPodAutoscaler',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', {
        maxReplicas: 3,
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'd',
        },
      }),
    ],
  ])('changes the labels and the status of %s', (_what, sent) => {
    const type = typeOf(objects, sent);
    const { namespace, name } = sent.metadata;
    const stored = objects.create(type, sent, MANAGER).object;
    const { spec, status } = structuredClone(stored);
    const labels = { team: 'odds' };
    const labelled = objects.patch(
      type,
      { namespace, name },
      { type: 'merge', body: { metadata: { labels } } },
      MANAGER,
    ).object;
    expect(labelled).toMatchObject({ metadata: { labels }, spec });
    expect(labelled.status).toEqual(status);
    const written = objects.patch(
      type,
      { namespace, name },
      { type: 'merge', body: { status: { conditions: [CONDITION] } } },
      { ...MANAGER, subresource: 'status' },
    ).object;
    expect(written).toMatchObject({
      spec,
      status: { conditions: [CONDITION] },
    });
  });
});
