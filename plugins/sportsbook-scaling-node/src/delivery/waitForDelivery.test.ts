import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { FakeCluster } from '../testUtils/FakeCluster';
import { APPLICATION } from './argoRegistration';
import { KUSTOMIZATION } from './fluxRegistration';
import { waitForDelivery, waitForRegistration } from './waitForDelivery';
import { waitForRemoval, waitForRemovalToBegin } from './waitForRemoval';

const COMMIT = 'c'.repeat(40);
const OLDER = '0'.repeat(40);
const NAMESPACES = ['betting', 'argocd'];

const kustomization = (status: object): KubernetesObject => ({
  ...KUSTOMIZATION,
  metadata: { name: 'odds-api', namespace: 'betting' },
  spec: {},
  status,
});
const readyAt = (commit: string) => ({
  lastAppliedRevision: `main@sha1:${commit}`,
  conditions: [{ type: 'Ready', status: 'True' }],
});
const application = (status: object): KubernetesObject => ({
  ...APPLICATION,
  metadata: { name: 'betting.odds-api', namespace: 'argocd' },
  spec: {},
  status,
});
const refOf = ({ apiVersion, kind, metadata }: KubernetesObject) => ({
  apiVersion,
  kind,
  name: metadata.name,
  namespace: metadata.namespace,
});

const waitFor = (
  client: FakeCluster,
  object: KubernetesObject,
  options: { timeoutSeconds?: number; commit?: string; lines?: string[] } = {},
) =>
  waitForDelivery({
    client,
    objects: [refOf(object)],
    commit: options.commit ?? COMMIT,
    timeoutSeconds: options.timeoutSeconds ?? 5,
    onProgress: line => options.lines?.push(line),
  });

describe('waitForDelivery', () => {
  it('goes on until Flux has applied the very commit, though it is ready before', async () => {
    const client = new FakeCluster(NAMESPACES);
    client.seed(kustomization(readyAt(OLDER)));
    const lines: string[] = [];
    const waited = waitFor(client, kustomization({}), { lines });
    setTimeout(
      () =>
        client.update(refOf(kustomization({})), live => {
          live.status = readyAt(COMMIT);
        }),
      50,
    );
    expect(await waited).toMatchObject([
      { status: 'current', message: `Ready at main@sha1:${COMMIT}` },
    ]);
    expect(lines[0]).toContain('at 000000000000 yet, not at cccccccccccc');
  });

  it('is over at once for an Application that is synced and healthy at the commit', async () => {
    const client = new FakeCluster(NAMESPACES);
    const object = application({
      sync: { status: 'Synced', revision: COMMIT },
      health: { status: 'Healthy' },
    });
    client.seed(object);
    expect(await waitFor(client, object)).toMatchObject([
      { message: `Synced, Healthy at ${COMMIT}` },
    ]);
  });

  it('names what the controller says when the time is up', async () => {
    const client = new FakeCluster(NAMESPACES);
    const object = kustomization({
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'ReconciliationFailed',
          message: 'services is forbidden',
        },
      ],
    });
    client.seed(object);
    const waited = waitFor(client, object, { timeoutSeconds: 1 });
    await expect(waited).rejects.toThrow(WaitTimeoutError);
    await expect(waited).rejects.toThrow(
      /Kustomization betting\/odds-api .*ReconciliationFailed: services is forbidden/,
    );
  });
});

describe('waitForRegistration', () => {
  const object = kustomization({});
  const wait = (client: FakeCluster, timeoutSeconds: number) =>
    waitForRegistration({ client, objects: [refOf(object)], timeoutSeconds });

  it('only looks, when it may take no time', async () => {
    const client = new FakeCluster(NAMESPACES);
    expect(await wait(client, 0)).toBe(false);
    client.seed(object);
    expect(await wait(client, 0)).toBe(true);
  });

  it('sees what a merge brings, and says that nothing came', async () => {
    const client = new FakeCluster(NAMESPACES);
    expect(await wait(client, 1)).toBe(false);
    setTimeout(() => client.seed(object), 50);
    expect(await wait(client, 5)).toBe(true);
  });
});

describe('waitForRemoval', () => {
  const object = kustomization({});
  const config: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'odds-api', namespace: 'betting' },
  };

  it('is over once all objects of all clusters are gone, and says which go', async () => {
    const hub = new FakeCluster(NAMESPACES);
    const own = new FakeCluster(NAMESPACES);
    hub.seed(object);
    own.seed(config);
    const lines: string[] = [];
    // What the controller does meanwhile.
    setImmediate(() => hub.remove(refOf(object)));
    await waitForRemoval({
      of: [
        { client: hub, objects: [refOf(object)] },
        { client: own, objects: [refOf(config)] },
      ],
      timeoutSeconds: 20,
      pollMilliseconds: 5,
      onProgress: line => {
        if (lines.push(line) === 1) {
          own.remove(refOf(config));
        }
      },
    });
    expect(lines).toEqual([
      'gone: Kustomization betting/odds-api',
      'gone: ConfigMap betting/odds-api',
    ]);
    expect(hub.writes).toEqual([]);
  });

  it('names every object that stays, and what keeps it', async () => {
    const client = new FakeCluster(NAMESPACES);
    client.seed(config);
    client.seed({
      ...object,
      metadata: {
        ...object.metadata,
        deletionTimestamp: '2026-01-01T00:00:00Z',
        finalizers: ['finalizers.fluxcd.io'],
      },
    });
    const waited = waitForRemoval({
      of: [{ client, objects: [refOf(object), refOf(config)] }],
      timeoutSeconds: 0,
    });
    await expect(waited).rejects.toThrow(WaitTimeoutError);
    await expect(waited).rejects.toThrow(
      /Kustomization betting\/odds-api .*kept by the finalizers finalizers\.fluxcd\.io; ConfigMap betting\/odds-api .*nobody has asked for its deletion/,
    );
  });

  it('takes an object of a kind that is not served any more for gone', async () => {
    const client = new FakeCluster(NAMESPACES);
    client.seed(object);
    client.uninstall('kustomize.toolkit.fluxcd.io');
    const lines: string[] = [];
    await waitForRemoval({
      of: [{ client, objects: [refOf(object)] }],
      timeoutSeconds: 0,
      onProgress: line => lines.push(line),
    });
    expect(lines).toEqual(['gone: Kustomization betting/odds-api']);
  });

  it('ends with the reason of the signal', async () => {
    const client = new FakeCluster(NAMESPACES);
    client.seed(object);
    await expect(
      waitForRemoval({
        of: [{ client, objects: [refOf(object)] }],
        timeoutSeconds: 20,
        signal: AbortSignal.abort(new Error('cancelled by hand')),
      }),
    ).rejects.toThrow('cancelled by hand');
  });

  it('has begun once somebody has asked for the deletion', async () => {
    const client = new FakeCluster(NAMESPACES);
    client.seed(object);
    const begun = (timeoutSeconds: number) =>
      waitForRemovalToBegin({
        client,
        objects: [refOf(object)],
        timeoutSeconds,
        pollMilliseconds: 5,
      });
    expect(await begun(0)).toBe(false);
    setImmediate(() =>
      client.update(refOf(object), live => {
        live.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
      }),
    );
    expect(await begun(20)).toBe(true);
  });
});
