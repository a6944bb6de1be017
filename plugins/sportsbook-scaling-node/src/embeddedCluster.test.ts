/**
 * The engines on a cluster with running pods: what a creation does to a
 * cluster, from the plan to the proof, and back.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod/v3';
import {
  type EmbeddedCluster,
  startEmbeddedCluster,
} from '@sportsbook/embedded-cluster';
import {
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { goldenManifests } from './__testUtils__/goldenManifests';
import { pushImage } from './__testUtils__/pushImage';
import { TINY_SERVICE } from './__testUtils__/tinyService';
import {
  applyManifests,
  deleteObjects,
  planApply,
  resolveForDelete,
} from './apply';
import {
  ApplyFailedError,
  WaitCancelledError,
  WaitTimeoutError,
} from './errors';
import { type KubeConfigClient, kubeConfigClient } from './kubernetes';
import { ChangeSet } from './model/ChangeSet';
import { SourcedObject } from './model/SourcedObject';
import { KubernetesClient } from './ports/KubernetesClient';
import { openPrometheus } from './prometheus';
import { verifyScaling } from './verify';
import { waitForObjects } from './wait';

jest.setTimeout(60_000);

describe('on the embedded cluster', () => {
  const namespace = 'betting';
  let directory: string;
  let cluster: EmbeddedCluster;
  let connection: KubeConfigClient;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'engines-'));
    cluster = await startEmbeddedCluster({
      directory,
      namespaces: [namespace, 'trading'],
    });
    connection = await kubeConfigClient({
      kubeconfigPath: cluster.kubeconfigPath,
      context: cluster.context,
    });
  });

  afterAll(async () => {
    connection.close();
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('a generated service is planned, applied, waited for, proved to scale, and deleted', async () => {
    const { client } = connection;
    const manifests = await goldenManifests(
      await pushImage({
        registry: cluster.registry,
        repository: 'sportsbook/odds-api',
        files: { 'app/server.js': TINY_SERVICE },
        entrypoint: ['node', 'server.js'],
      }),
    );
    const request = { client, manifests, namespace };
    const refs = manifests.map(({ object }) => objectRefOf(object));

    const plan = await planApply(request);
    expect(plan.problems).toEqual([]);
    expect(actionsOf(plan.changes)).toEqual(['created']);
    expect(await client.get(refs[0])).toBeUndefined();

    const applied = await applyManifests(request);
    expect(actionsOf(applied)).toEqual(['created']);
    expect(applied.at(-1)?.ref.kind).toBe('ScaledObject');

    const waited = await waitForObjects({ client, objects: refs });
    expect(waited.map(({ ref }) => groupKindOf(ref))).toEqual(
      refs.map(groupKindOf),
    );
    const report = await verifyScaling({
      client,
      openPrometheus: serverAddress =>
        openPrometheus({
          client,
          serverAddress,
          namespace,
          allowedAddresses: [],
          allowedNamespaces: [],
        }),
      target: { namespace, scaledObject: 'odds-api' },
    });
    expect(report).toMatchObject({
      requestsPerSecond: 0,
      autoscaler: { minReplicas: 2, maxReplicas: 10 },
    });

    // Controllers have written since; the manifests still say the same.
    expect(actionsOf(await applyManifests(request))).toEqual(['unchanged']);

    const deleted = await deleteObjects({
      client,
      objects: applied.map(({ ref, uid }) => ({ ref, uid })),
    });
    expect(actionsOf(deleted)).toEqual(['deleted']);
    const pods = await client.list({ apiVersion: 'v1', kind: 'Pod' });
    expect(
      pods.items.filter(pod => pod.metadata.namespace === namespace),
    ).toEqual([]);
  });

  it('a plan names the field that somebody else has, and an apply leaves it alone', async () => {
    const { client } = connection;
    const settings = (limit: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'limits', namespace: 'trading' },
      data: { limit },
    });
    await client.apply(settings('100'), { fieldManager: 'risk-team' });
    const request = {
      client,
      namespace: 'trading',
      manifests: [sourced(settings('200'))],
    };
    const { problems } = await planApply(request);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toMatch(/\.data\.limit.*risk-team/s);
    await expect(applyManifests(request)).rejects.toThrow('risk-team');
    const stored = await client.get(objectRefOf(settings('')));
    expect(stored?.data).toEqual({ limit: '100' });
  });

  it('a set is pruned, rolled back and deleted by what its labels say', async () => {
    const { client } = connection;
    const applySet = { name: 'limits-applyset', namespace: 'trading' };
    const named = (name: string, value = '1'): SourcedObject =>
      sourced({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'trading' },
        data: { value },
      });
    const request = {
      client,
      namespace: 'trading',
      applySet,
      prune: true,
      onFailure: 'rollback',
    } as const;
    const rows = (changes: ChangeSet) =>
      changes.map(({ ref, action }) => `${action} ${ref.name}`).sort();
    const valuesOf = async (field: (object: KubernetesObject) => unknown) => {
      const { items } = await client.list(
        { apiVersion: 'v1', kind: 'ConfigMap' },
        { namespace: 'trading' },
      );
      return Object.fromEntries(
        items
          .filter(({ metadata }) => 'abc'.includes(metadata.name))
          .map(object => [object.metadata.name, field(object)]),
      );
    };
    const both = ['a', 'b'].map(name => named(name));
    await applyManifests({ ...request, manifests: both });
    const versions = await valuesOf(object => object.metadata.resourceVersion);
    const again = await applyManifests({
      ...request,
      applySet: { ...applySet, task: 'another' },
      manifests: both,
    });
    expect(actionsOf(again)).toEqual(['unchanged']);
    expect(await valuesOf(object => object.metadata.resourceVersion)).toEqual(
      versions,
    );

    const pruned = await applyManifests({
      ...request,
      manifests: [named('a')],
    });
    expect(rows(pruned)).toEqual([
      'deleted b',
      'unchanged a',
      'unchanged limits-applyset',
    ]);

    const cancelled = new AbortController();
    const failing = applyManifests({
      ...request,
      manifests: [
        named('a', '2'),
        named('c'),
        sourced({
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'never', namespace: 'trading' },
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'main', image: 'never' }],
              },
            },
          },
        }),
      ],
      signal: cancelled.signal,
      onProgress: line => {
        if (line.startsWith('Stage 2')) {
          cancelled.abort(new Error('stop'));
        }
      },
    });
    const failure = await failing.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplyFailedError);
    const { changeSet, waysBack } = failure as ApplyFailedError;
    expect(rows(changeSet)).toEqual([
      'configured a',
      'configured limits-applyset',
      'deleted c',
      'skipped never',
    ]);
    const back = waysBack[0].split('\n').find(line => line.startsWith('{'));
    await client.apply(JSON.parse(back ?? '') as KubernetesObject);
    expect(await valuesOf(object => object.data)).toEqual({
      a: { value: '1' },
    });

    const { objects, set, ...granted } = await resolveForDelete({
      client,
      manifests: [],
      objects: [],
      namespace: 'trading',
      applySet,
    });
    expect(
      rows(await deleteObjects({ client, objects, set, granted })),
    ).toEqual(['deleted a', 'deleted limits-applyset']);
  });

  it('a wait that times out says why the pods do not start', async () => {
    const { client } = connection;
    const labels = { app: 'absent' };
    const deployment = sourced({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'absent', namespace: 'trading' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              { name: 'main', image: `${cluster.registry}/never/pushed:1` },
            ],
          },
        },
      },
    });
    await applyManifests({
      client,
      namespace: 'trading',
      manifests: [deployment],
    });
    const waiting = waitForObjects({
      client,
      objects: [objectRefOf(deployment.object)],
      timeoutSeconds: 3,
    });
    await expect(waiting).rejects.toThrow(WaitTimeoutError);
    await expect(waiting).rejects.toThrow(/ErrImagePull|ImagePullBackOff/);
  });

  it('a wait for a crashing service shows what it wrote last, and none of its credentials', async () => {
    const { client } = connection;
    const labels = { app: 'crashing' };
    const image = await pushImage({
      registry: cluster.registry,
      repository: 'sportsbook/crashing',
      files: {
        'app/server.js':
          'console.error("DB_PASSWORD=hunter2\\nno database"); process.exitCode = 3;',
      },
      entrypoint: ['node', 'server.js'],
    });
    const deployment: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'crashing', namespace: 'trading' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'main',
                image,
                // Without one it would count as ready between two crashes.
                readinessProbe: { httpGet: { path: '/', port: 8080 } },
              },
            ],
          },
        },
      },
    };
    await client.apply(deployment);
    const restarts = await restartedPod(client, labels.app);
    expect(restarts).toBeGreaterThan(0);
    const over = new AbortController();
    const waiting = waitForObjects({
      client,
      objects: [objectRefOf(deployment)],
      onChange: () => over.abort(new Error('seen enough')),
      signal: over.signal,
    });
    await expect(waiting).rejects.toThrow(WaitCancelledError);
    await expect(waiting).rejects.toThrow(
      /^cancelled \(seen enough\) .*Deployment trading\/crashing InProgress: .*\nLast lines of pod crashing-[^\n]*:\n {2}DB_PASSWORD=\*\*\*\n {2}no database/s,
    );
  });
});

const restartsSchema = z.object({
  status: z.object({
    containerStatuses: z.array(z.object({ restartCount: z.number() })),
  }),
});

/** Restarts of a pod with the label `app`, once there was one. */
async function restartedPod(
  client: KubernetesClient,
  app: string,
): Promise<number> {
  for await (const event of client.watch(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: 'trading', labelSelector: `app=${app}` },
  )) {
    const parsed =
      event.type === 'BOOKMARK'
        ? undefined
        : restartsSchema.safeParse(event.object);
    const restarts = parsed?.success
      ? parsed.data.status.containerStatuses[0]?.restartCount
      : undefined;
    if (restarts !== undefined && restarts > 0) {
      return restarts;
    }
  }
  return 0;
}

function actionsOf(changes: ChangeSet): string[] {
  return [...new Set(changes.map(({ action }) => action))];
}

function sourced(object: KubernetesObject): SourcedObject {
  return { object, source: { file: 'k8s/a.yaml', document: 1, line: 1 } };
}
