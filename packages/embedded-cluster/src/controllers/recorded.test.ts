import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { allNormalized } from './__testUtils__/normalized';
import { NAMESPACE, TestCluster } from './__testUtils__/TestCluster';
import { requireType } from '../runtime/requireType';

/**
 * What was applied to a Kubernetes 1.36.3 by `kubectl apply --server-side`,
 * and what its controllers had made of it when everything was settled.
 */
const recorded = JSON.parse(
  gunzipSync(
    readFileSync(join(__dirname, '__fixtures__', 'recorded.json.gz')),
  ).toString(),
) as {
  applied: KubernetesObject[];
  objects: KubernetesObject[];
  events: { kind: string; reason: string; message: string }[];
};

/** The fake kubelet decides by the image what becomes of a pod. */
const IMAGES: Record<string, string> = { good: 'succeeds:1', bad: 'fails:1' };

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
  for (const object of recorded.applied) {
    const image = IMAGES[object.metadata.name];
    cluster.objects.patch(
      requireType(cluster.objects, object.apiVersion, object.kind),
      { namespace: NAMESPACE, name: object.metadata.name },
      {
        type: 'apply',
        body: JSON.parse(
          image === undefined
            ? JSON.stringify(object)
            : JSON.stringify(object).replace('node:22-slim', image),
        ),
      },
      { manager: 'kubectl' },
    );
    await cluster.settle();
  }
});
afterAll(() => cluster.stop());

describe('what the controllers make', () => {
  it.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'ReplicaSet'],
    ['batch/v1', 'Job'],
    ['discovery.k8s.io/v1', 'EndpointSlice'],
    ['policy/v1', 'PodDisruptionBudget'],
  ])(
    'is the recorded %s %s, with its status and managed fields',
    (apiVersion, kind) => {
      const inNamespace = recorded.objects
        .filter(object => object.kind === kind)
        .map(object => ({
          ...object,
          metadata: { ...object.metadata, namespace: NAMESPACE },
        }));

      expect(inNamespace.length).toBeGreaterThan(0);
      expect(
        allNormalized(
          JSON.parse(
            JSON.stringify(cluster.list(apiVersion, kind)),
          ) as KubernetesObject[],
        ),
      ).toEqual(
        allNormalized(
          JSON.parse(
            JSON.stringify(inNamespace).replace(
              /"namespace":"[^"]*"/g,
              `"namespace":"${NAMESPACE}"`,
            ),
          ) as KubernetesObject[],
        ),
      );
    },
  );

  it('is told by the recorded events', () => {
    const text = ({
      kind,
      reason,
      message,
    }: (typeof recorded.events)[number]) =>
      `${kind} ${reason} ${message.replace(
        /(?<=[a-z])(-[a-z0-9]{5,10}){1,2}\b/g,
        '-GENERATED',
      )}`;
    const told = cluster.list('v1', 'Event').map(event => ({
      kind: String(Reflect.get(event.involvedObject ?? {}, 'kind')),
      reason: String(event.reason),
      message: String(event.message),
    }));

    expect(told.map(text).sort()).toEqual(recorded.events.map(text).sort());
  });
});
