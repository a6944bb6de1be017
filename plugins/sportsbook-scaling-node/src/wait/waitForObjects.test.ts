import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../testUtils/FakeCluster';
import { ClusterForbiddenError, ClusterUnreachableError } from '../errors';
import { WaitFailedError } from '../errors/WaitFailedError';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { waitForObjects } from './waitForObjects';

const ref: ObjectRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds',
  namespace: 'betting',
};

function setReady(object: KubernetesObject, ready: number, wanted = 3) {
  object.status = {
    observedGeneration: object.metadata.generation,
    replicas: wanted,
    updatedReplicas: wanted,
    readyReplicas: ready,
    availableReplicas: ready,
    conditions: [
      {
        type: 'Available',
        status: ready === wanted ? 'True' : 'False',
        reason: 'Test',
      },
    ],
  };
}

describe('waitForObjects', () => {
  let client: FakeCluster;
  const wait = (options: Partial<Parameters<typeof waitForObjects>[0]> = {}) =>
    waitForObjects({ client, objects: [ref], timeoutSeconds: 5, ...options });

  beforeEach(() => {
    client = new FakeCluster(['betting']);
    client.seed({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'odds', namespace: 'betting' },
      spec: { replicas: 3 },
    });
    client.update(ref, object => setReady(object, 1));
  });

  it('resolves when everything is current, and tells each change once', async () => {
    const lines: string[] = [];
    const waiting = wait({ onChange: ({ line }) => lines.push(line) });
    await new Promise(resolve => setTimeout(resolve, 20));
    client.update(ref, object => setReady(object, 2));
    client.update(ref, object => {
      object.metadata.labels = { irrelevant: 'yes' };
    });
    client.update(ref, object => setReady(object, 3));
    expect(await waiting).toEqual([
      { ref, status: 'current', message: 'Available 3/3' },
    ]);
    expect(lines).toEqual([
      'Deployment betting/odds InProgress: Ready 1/3',
      'Deployment betting/odds InProgress: Ready 2/3',
      'Deployment betting/odds Current: Available 3/3',
    ]);
  });

  it('waits for an object that does not exist yet', async () => {
    const late: ObjectRef = { ...ref, kind: 'ConfigMap', apiVersion: 'v1' };
    const waiting = wait({ objects: [late] });
    await new Promise(resolve => setTimeout(resolve, 20));
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    expect(await waiting).toMatchObject([{ ref: late, status: 'current' }]);
  });

  it('says at its timeout what each object waits for, with the reasons of pods and events', async () => {
    const { uid } = (await client.get(ref))?.metadata ?? {};
    const owned = (
      kind: string,
      apiVersion: string,
      name: string,
      owner?: string,
    ) => ({
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: 'betting',
        ownerReferences: [{ uid: owner }],
      },
    });
    client.seed(owned('ReplicaSet', 'apps/v1', 'odds-1', uid));
    const replicaSet = await client.get({
      ...ref,
      kind: 'ReplicaSet',
      name: 'odds-1',
    });
    client.seed({
      ...owned('Pod', 'v1', 'odds-1-a', replicaSet?.metadata.uid),
      status: {
        containerStatuses: [
          {
            name: 'api',
            ready: false,
            state: {
              waiting: { reason: 'ImagePullBackOff', message: 'no such image' },
            },
          },
        ],
      },
    });
    client.seed({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'betting' },
      type: 'Warning',
      reason: 'FailedCreate',
      message: 'exceeded quota',
      involvedObject: {
        kind: 'ReplicaSet',
        name: 'odds-1',
        uid: replicaSet?.metadata.uid,
      },
    });
    const waiting = wait({ timeoutSeconds: 0.05 });
    await expect(waiting).rejects.toThrow(WaitTimeoutError);
    await expect(waiting).rejects.toThrow(
      'timeout after 0.05 s waiting for: Deployment betting/odds InProgress: Ready 1/3 ' +
        '(pod odds-1-a: container api waits: ImagePullBackOff, no such image; ' +
        'ReplicaSet odds-1: FailedCreate: exceeded quota)',
    );
  });

  it('names an object that never came', async () => {
    await expect(
      wait({
        objects: [{ ...ref, name: 'nobody' }],
        timeoutSeconds: 0.05,
      }),
    ).rejects.toThrow(
      'Deployment betting/nobody Absent: there is no such object',
    );
  });

  it('fails at once when an object has failed for good', async () => {
    client.update(ref, object => {
      object.status = {
        observedGeneration: object.metadata.generation,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'timed out',
          },
        ],
      };
    });
    const waiting = wait();
    await expect(waiting).rejects.toThrow(WaitFailedError);
    await expect(waiting).rejects.toThrow(
      /Deployment betting\/odds Failed: .*ProgressDeadlineExceeded/,
    );
  });

  it('rejects with the reason of the signal that aborts it', async () => {
    const controller = new AbortController();
    const waiting = wait({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled by hand')), 20);
    await expect(waiting).rejects.toThrow('cancelled by hand');
  });

  it('watches again when the server ends the watch', async () => {
    const waiting = wait();
    await new Promise(resolve => setTimeout(resolve, 20));
    client.endWatches();
    client.update(ref, object => setReady(object, 3));
    expect(await waiting).toMatchObject([{ status: 'current' }]);
  });

  it('bears a cluster that is away for a moment, and says so', async () => {
    const list = client.list.bind(client);
    let failures = 1;
    client.list = async (kind, options) => {
      if (failures > 0) {
        failures -= 1;
        throw new ClusterUnreachableError('connection refused.');
      }
      return list(kind, options);
    };
    client.update(ref, object => setReady(object, 3));
    const troubles: string[] = [];
    expect(
      await wait({ onTrouble: line => troubles.push(line) }),
    ).toMatchObject([{ status: 'current' }]);
    expect(troubles).toEqual(['connection refused. Trying again.']);
  });

  it('does not take a lack of rights for progress', async () => {
    client.denied.add('list deployments');
    await expect(wait()).rejects.toThrow(ClusterForbiddenError);
  });
});
