/**
 * The engines on a cluster with running pods: what a creation does to a
 * cluster, from the plan to the proof, and back.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
import { applyManifests, deleteObjects, planApply } from './apply';
import { WaitTimeoutError } from './errors';
import { type KubeConfigClient, kubeConfigClient } from './kubernetes';
import { ChangeSet } from './model/ChangeSet';
import { SourcedObject } from './model/SourcedObject';
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
});

function actionsOf(changes: ChangeSet): string[] {
  return [...new Set(changes.map(({ action }) => action))];
}

function sourced(object: KubernetesObject): SourcedObject {
  return { object, source: { file: 'k8s/a.yaml', document: 1, line: 1 } };
}
