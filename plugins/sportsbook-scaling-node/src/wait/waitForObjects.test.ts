import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  ClusterForbiddenError,
  ClusterUnreachableError,
  KubernetesApiError,
  WaitCancelledError,
} from '../errors';
import { WaitFailedError } from '../errors/WaitFailedError';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { waitForObjects, WaitOptions } from './waitForObjects';

const ref: ObjectRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds',
  namespace: 'betting',
};
const job: ObjectRef = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  name: 'migrate',
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

function setFailed(object: KubernetesObject) {
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
}

const tooMany = (retryAfterSeconds?: number) =>
  new KubernetesApiError('too many requests', {
    status: 429,
    reason: 'TooManyRequests',
    retryAfterSeconds,
  });

describe('waitForObjects', () => {
  let client: FakeCluster;
  const wait = (options: Partial<WaitOptions> = {}) =>
    waitForObjects({
      client,
      objects: [ref],
      timeoutSeconds: 30,
      pollSeconds: 0.01,
      ...options,
    });
  /** What a wait has told so far, and a way to wait for more of it. */
  const untilTold = () => {
    const lines: string[] = [];
    const awaited = new Set<{ part: string; resolve: () => void }>();
    const settle = () =>
      awaited.forEach(({ part, resolve }) => {
        if (lines.some(line => line.includes(part))) {
          resolve();
        }
      });
    return {
      lines,
      onChange: ({ line }: { line: string }) => {
        lines.push(line);
        settle();
      },
      toHaveSeen: (part: string) =>
        new Promise<void>(resolve => {
          awaited.add({ part, resolve });
          settle();
        }),
    };
  };
  /** What a wait ended with; it is looked at at once, so that it is never unhandled. */
  const failureOf = async (waiting: Promise<unknown>): Promise<Error> => {
    try {
      await waiting;
    } catch (error) {
      return error as Error;
    }
    throw new Error('the wait was to fail');
  };

  function seedDeployment(name: string) {
    client.seed({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'betting' },
      spec: { replicas: 3 },
    });
    client.update({ ...ref, name }, object => setReady(object, 1));
  }

  /** An object owned by another, as controllers make them. */
  async function seedOwned(object: KubernetesObject, owner: ObjectRef) {
    const uid = (await client.get(owner))?.metadata.uid;
    client.seed({
      ...object,
      metadata: {
        ...object.metadata,
        namespace: 'betting',
        ownerReferences: [{ uid }],
      },
    });
  }

  /** A pod of the Deployment, by its ReplicaSet. */
  async function seedPod(status: object) {
    const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
    await seedOwned({ ...replicaSet, metadata: { name: 'odds-1' } }, ref);
    await seedOwned(
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'odds-1-a' }, status },
      { ...replicaSet, name: 'odds-1', namespace: 'betting' },
    );
  }

  async function seedEvent(
    about: ObjectRef,
    fields: { type: string; reason: string; message: string },
  ) {
    const { kind, name } = about;
    const uid = (await client.get(about))?.metadata.uid;
    client.seed({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `e-${fields.reason}`, namespace: 'betting' },
      involvedObject: { kind, name, uid },
      ...fields,
    });
  }

  const LOG = '/api/v1/namespaces/betting/pods/odds-1-a/log';
  const crashed = {
    containerStatuses: [
      {
        name: 'api',
        ready: false,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      },
    ],
  };

  beforeEach(() => {
    client = new FakeCluster(['betting']);
    seedDeployment('odds');
  });

  it('resolves when everything is current, and tells each change once', async () => {
    const told = untilTold();
    const waiting = wait({ onChange: told.onChange });
    await told.toHaveSeen('Ready 1/3');
    client.update(ref, object => setReady(object, 2));
    client.update(ref, object => {
      object.metadata.labels = { irrelevant: 'yes' };
    });
    client.update(ref, object => setReady(object, 3));
    expect(await waiting).toEqual([
      { ref, status: 'current', message: 'Available 3/3' },
    ]);
    expect(told.lines).toEqual([
      'Deployment betting/odds InProgress: Ready 1/3',
      'Deployment betting/odds InProgress: Ready 2/3',
      'Deployment betting/odds Current: Available 3/3',
    ]);
  });

  it('has nothing to wait for without objects', async () => {
    expect(await wait({ objects: [] })).toEqual([]);
  });

  it('waits for an object that does not exist yet', async () => {
    const late: ObjectRef = { ...ref, kind: 'ConfigMap', apiVersion: 'v1' };
    const told = untilTold();
    const waiting = wait({ objects: [late], onChange: told.onChange });
    await told.toHaveSeen('Absent');
    client.seed({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odds', namespace: 'betting' },
    });
    expect(await waiting).toMatchObject([{ ref: late, status: 'current' }]);
  });

  describe('at its deadline', () => {
    const untilDeadline = async (options: Partial<WaitOptions> = {}) => {
      const error = await failureOf(wait({ timeoutSeconds: 0.05, ...options }));
      if (!(error instanceof WaitTimeoutError)) {
        throw error;
      }
      return error.message;
    };

    it('says what each object waits for, with the reasons of pods and events', async () => {
      await seedPod({
        containerStatuses: [
          {
            name: 'api',
            ready: false,
            state: {
              waiting: { reason: 'ImagePullBackOff', message: 'no such image' },
            },
          },
        ],
      });
      await seedEvent(
        { ...ref, kind: 'ReplicaSet', name: 'odds-1' },
        { type: 'Warning', reason: 'FailedCreate', message: 'exceeded quota' },
      );
      expect(await untilDeadline()).toBe(
        'timeout after 0.05 s waiting for: Deployment betting/odds InProgress: Ready 1/3 ' +
          '(pod odds-1-a: container api waits: ImagePullBackOff, no such image; ' +
          'ReplicaSet odds-1: FailedCreate: exceeded quota)',
      );
    });

    it('names an object that never came', async () => {
      expect(
        await untilDeadline({ objects: [{ ...ref, name: 'nobody' }] }),
      ).toContain('Deployment betting/nobody Absent: there is no such object');
    });

    it('names an object that was deleted meanwhile', async () => {
      const told = untilTold();
      const message = untilDeadline({
        onChange: told.onChange,
        timeoutSeconds: 0.3,
      });
      await told.toHaveSeen('Ready 1/3');
      client.remove(ref);
      expect(await message).toContain(
        'Deployment betting/odds Absent: it was deleted while it was waited for',
      );
    });

    it('tells the last events where nobody warned', async () => {
      await seedEvent(ref, {
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: 'Scaled up odds-1 to 3',
      });
      expect(await untilDeadline()).toContain(
        'Ready 1/3 (Deployment odds: ScalingReplicaSet: Scaled up odds-1 to 3)',
      );
    });

    it('shows what a crashing container wrote last, without its credentials', async () => {
      await seedPod(crashed);
      client.rawAnswers.set(LOG, {
        status: 200,
        contentType: 'text/plain',
        text: [
          ...Array.from({ length: 20 }, (_, line) => `line ${line}`),
          'connecting to postgres://odds:hunter2@db/odds',
          `\u001b[31mError: ${'x'.repeat(500)}\u001b[0m`,
          '',
        ].join('\n'),
      });
      const [first, title, ...lines] = (await untilDeadline()).split('\n');
      expect(first).toMatch(
        /\(pod odds-1-a: container api waits: CrashLoopBackOff, last exit code 1\)$/,
      );
      expect(title).toBe('Last lines of pod odds-1-a, container api:');
      expect(lines).toHaveLength(8);
      expect(lines[0]).toBe('  line 14');
      expect(lines[6]).toBe('  connecting to postgres://***@db/odds');
      expect(lines[7]).toBe(`  Error: ${'x'.repeat(233)} …`);
    });

    it('reads the run before of a container that has just begun again', async () => {
      await seedPod({
        containerStatuses: [
          {
            name: 'api',
            ready: false,
            state: { running: {} },
            lastState: { terminated: { exitCode: 137 } },
          },
        ],
      });
      const asked: string[] = [];
      client.getRaw = async path => {
        asked.push(path);
        return { status: 200, contentType: 'text/plain', text: 'killed\n' };
      };
      expect(await untilDeadline()).toMatch(
        /\nLast lines of pod odds-1-a, container api, the run before:\n {2}killed$/,
      );
      expect(asked).toEqual([
        `${LOG}?container=api&tailLines=8&limitBytes=16384&previous=true`,
      ]);
    });

    it.each([
      [200, ''],
      [400, '{"message":"terminated container \\"api\\" not found"}'],
    ])('passes over a run without a log so far (%d)', async (status, text) => {
      await seedPod(crashed);
      client.getRaw = async path =>
        path.endsWith('previous=true')
          ? { status: 200, contentType: 'text/plain', text: 'no database\n' }
          : { status, contentType: '', text };
      expect(await untilDeadline()).toMatch(
        /\nLast lines of pod odds-1-a, container api, the run before:\n {2}no database$/,
      );
    });

    it('says that a container wrote nothing in either run', async () => {
      await seedPod(crashed);
      client.rawAnswers.set(LOG, { status: 200, contentType: '', text: '\n' });
      expect(await untilDeadline()).toMatch(
        /\npod odds-1-a, container api wrote nothing$/,
      );
    });

    it('says that a log is forbidden, and loses nothing else by it', async () => {
      await seedPod(crashed);
      client.rawAnswers.set(LOG, {
        status: 403,
        contentType: 'application/json',
        text: '{}',
      });
      expect(await untilDeadline()).toMatch(
        /CrashLoopBackOff, last exit code 1\)\nThe log of pod odds-1-a, container api cannot be read: forbidden; grant get on pods\/log to see it here$/,
      );
    });

    it.each([
      [404, 'gone', 'the pod is gone'],
      [
        400,
        '{"message":"container \\"api\\" is terminated: token=abc"}',
        'container "api" is terminated: token=***',
      ],
      [502, '<html>', 'HTTP 502'],
    ])('says why a log was refused with %s', async (status, text, reason) => {
      await seedPod(crashed);
      client.rawAnswers.set(LOG, { status, contentType: '', text });
      expect(await untilDeadline()).toContain(
        `The log of pod odds-1-a, container api cannot be read: ${reason}`,
      );
    });

    it('says what it may not read where it finds nothing else', async () => {
      client.denied.add('list pods');
      expect(await untilDeadline()).toContain(
        'Ready 1/3 (Pods could not be read: cannot list pods)',
      );
    });

    it('is not failed by a server that limits its callers all along', async () => {
      client.list = async () => {
        throw tooMany();
      };
      const troubles: string[] = [];
      expect(
        await untilDeadline({ onTrouble: line => troubles.push(line) }),
      ).toContain(
        'Deployment betting/odds Absent: the cluster has not told its state',
      );
      expect(troubles).toEqual(['too many requests. Trying again.']);
    });
  });

  describe('when objects fail for good', () => {
    it('ends once only failed ones are left, and names all of them', async () => {
      ['slip', 'live'].forEach(seedDeployment);
      const objects = ['odds', 'slip', 'live'].map(name => ({ ...ref, name }));
      const told = untilTold();
      const waiting = wait({ objects, onChange: told.onChange });
      const failure = failureOf(waiting);
      client.update(objects[0], setFailed);
      await told.toHaveSeen('odds Failed');
      client.update(objects[1], object => setReady(object, 3));
      await told.toHaveSeen('slip Current');
      client.update(objects[2], setFailed);
      expect(await failure).toBeInstanceOf(WaitFailedError);
      await expect(waiting).rejects.toThrow(
        /^failed: Deployment betting\/odds Failed: .*ProgressDeadlineExceeded: timed out; Deployment betting\/live Failed: .*timed out\. Correct the manifest/,
      );
    });

    it('ends at the first on request, and names what is not there yet', async () => {
      seedDeployment('slip');
      client.update(ref, setFailed);
      const waiting = wait({
        objects: [ref, { ...ref, name: 'slip' }],
        failFast: true,
      });
      await expect(waiting).rejects.toThrow(WaitFailedError);
      await expect(waiting).rejects.toThrow(
        /Failed: .*timed out\. Not there yet: Deployment betting\/slip (InProgress: Ready 1\/3|Absent: the cluster has not told its state)\. Correct/,
      );
    });

    it('is a timeout while others might still come', async () => {
      seedDeployment('slip');
      client.update(ref, setFailed);
      const waiting = wait({
        objects: [ref, { ...ref, name: 'slip' }],
        timeoutSeconds: 0.05,
      });
      await expect(waiting).rejects.toThrow(WaitTimeoutError);
      await expect(waiting).rejects.toThrow(/odds Failed: .*slip InProgress/);
    });
  });

  describe('when it is cancelled', () => {
    it('names what was not there, with reasons and logs, and keeps the reason', async () => {
      await seedPod(crashed);
      client.rawAnswers.set(LOG, {
        status: 200,
        contentType: 'text/plain',
        text: 'no database\n',
      });
      const controller = new AbortController();
      const reason = new Error('cancelled by hand');
      const error = await failureOf(
        wait({
          signal: controller.signal,
          onChange: () => controller.abort(reason),
        }),
      );
      expect(error).toBeInstanceOf(WaitCancelledError);
      expect(error).toMatchObject({
        cause: reason,
        message:
          'cancelled (cancelled by hand) while waiting for: Deployment betting/odds InProgress: Ready 1/3 ' +
          '(pod odds-1-a: container api waits: CrashLoopBackOff, last exit code 1). ' +
          'Nothing was undone; wait again for the same objects.\n' +
          'Last lines of pod odds-1-a, container api:\n  no database',
      });
    });

    it('asks the cluster nothing where it was cancelled before', async () => {
      client.list = async () => {
        throw new Error('was asked');
      };
      const waiting = wait({ signal: AbortSignal.abort() });
      await expect(waiting).rejects.toThrow(WaitCancelledError);
      await expect(waiting).rejects.toThrow(
        'cancelled while waiting for: Deployment betting/odds Absent: the cluster has not told its state',
      );
    });
  });

  describe('a Job that removes itself', () => {
    const seedJob = (ttlSecondsAfterFinished?: number) =>
      client.seed({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'migrate', namespace: 'betting' },
        spec: { ttlSecondsAfterFinished },
      });
    const finish = (type: string) =>
      client.update(job, object => {
        object.status = {
          succeeded: type === 'Complete' ? 1 : 0,
          conditions: [{ type, status: 'True' }],
        };
      });

    it('counts as complete once it has gone', async () => {
      seedJob(0);
      const told = untilTold();
      const waiting = wait({ objects: [job, ref], onChange: told.onChange });
      await told.toHaveSeen('migrate InProgress');
      finish('Complete');
      client.remove(job);
      await told.toHaveSeen('removed after it finished');
      client.update(ref, object => setReady(object, 3));
      expect(await waiting).toMatchObject([
        {
          status: 'current',
          message: 'Succeeded 1/1; removed after it finished, as its spec says',
        },
        { status: 'current' },
      ]);
    });

    it('counts as failed where it had failed', async () => {
      seedJob(0);
      const told = untilTold();
      const waiting = wait({ objects: [job, ref], onChange: told.onChange });
      const failure = failureOf(waiting);
      await told.toHaveSeen('migrate InProgress');
      finish('Failed');
      client.remove(job);
      await told.toHaveSeen('removed since');
      client.update(ref, object => setReady(object, 3));
      expect((await failure).message).toMatch(
        /Job betting\/migrate Failed: Failed is True; removed since/,
      );
    });

    it('is missed where its spec does not say so', async () => {
      seedJob();
      const told = untilTold();
      const waiting = wait({
        objects: [job],
        onChange: told.onChange,
        timeoutSeconds: 0.3,
      });
      const failure = failureOf(waiting);
      await told.toHaveSeen('migrate InProgress');
      client.remove(job);
      expect((await failure).message).toMatch(/migrate Absent/);
    });
  });

  describe('a cluster that is not always there', () => {
    /** Makes the first list of a wait fail. */
    const failOnce = (error: Error) => {
      const list = client.list.bind(client);
      let failures = 1;
      client.list = async (kind, options) => {
        if (failures > 0) {
          failures -= 1;
          throw error;
        }
        return list(kind, options);
      };
    };

    it('is watched again when it ends the watch', async () => {
      const told = untilTold();
      const waiting = wait({ onChange: told.onChange });
      await told.toHaveSeen('Ready 1/3');
      client.endWatches();
      client.update(ref, object => setReady(object, 3));
      expect(await waiting).toMatchObject([{ status: 'current' }]);
    });

    it('is listed again when it has forgotten where the watch began', async () => {
      const watch = client.watch.bind(client);
      let forgotten = 1;
      client.watch = (kind, options) => {
        if (forgotten > 0) {
          forgotten -= 1;
          client.update(ref, object => setReady(object, 3));
          throw new KubernetesApiError('too old resource version', {
            status: 410,
            reason: 'Expired',
          });
        }
        return watch(kind, options);
      };
      expect(await wait()).toMatchObject([{ status: 'current' }]);
    });

    it('is borne for a moment, and said', async () => {
      failOnce(new ClusterUnreachableError('connection refused.'));
      client.update(ref, object => setReady(object, 3));
      const troubles: string[] = [];
      expect(
        await wait({ onTrouble: line => troubles.push(line) }),
      ).toMatchObject([{ status: 'current' }]);
      expect(troubles).toEqual(['connection refused. Trying again.']);
    });

    it.each([
      ['limits its callers', tooMany(0.02)],
      [
        'has no leader',
        new KubernetesApiError('etcdserver: leader changed', { status: 500 }),
      ],
    ])('is asked again when it %s', async (_, error) => {
      failOnce(error);
      client.update(ref, object => setReady(object, 3));
      expect(await wait()).toMatchObject([{ status: 'current' }]);
    });

    it('is not asked again when it says that the request is wrong', async () => {
      failOnce(new KubernetesApiError('bad selector', { status: 400 }));
      await expect(wait()).rejects.toThrow('bad selector');
    });
  });

  describe('with fewer rights than watching', () => {
    it.each([
      [
        'lists again and again where it may not watch',
        ['watch deployments'],
        'The account may not watch objects of kind Deployment: asking for them every 0.01 s.',
      ],
      [
        'asks for each object where it may not list either',
        ['watch deployments', 'list deployments'],
        'The account may not list objects of kind Deployment: asking for them every 0.01 s.',
      ],
    ])('%s', async (_, denied, line) => {
      denied.forEach(right => client.denied.add(right));
      const troubles: string[] = [];
      const told = untilTold();
      const waiting = wait({
        onTrouble: trouble => troubles.push(trouble),
        onChange: told.onChange,
      });
      await told.toHaveSeen('Ready 1/3');
      client.update(ref, object => setReady(object, 3));
      expect(await waiting).toMatchObject([{ status: 'current' }]);
      expect(troubles).toEqual([line]);
    });

    it('does not take a lack of all rights for progress', async () => {
      ['watch', 'list', 'get'].forEach(verb =>
        client.denied.add(`${verb} deployments`),
      );
      await expect(wait()).rejects.toThrow(ClusterForbiddenError);
    });

    it('never reads a Secret together with its neighbours', async () => {
      const secret = { ...ref, apiVersion: 'v1', kind: 'Secret' };
      const names = ['odds', 'slip'];
      names.forEach(name =>
        client.seed({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name, namespace: 'betting' },
        }),
      );
      const list = client.list.bind(client);
      const selectors: (string | undefined)[] = [];
      client.list = (kind, options) => {
        selectors.push(options?.fieldSelector);
        return list(kind, options);
      };
      await wait({ objects: names.map(name => ({ ...secret, name })) });
      expect(selectors).toEqual(['metadata.name=odds', 'metadata.name=slip']);
    });
  });
});
