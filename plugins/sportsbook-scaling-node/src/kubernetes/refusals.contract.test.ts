/**
 * What a client and the engine behind it make of each refusal of an API server:
 * which error, which next step, and whether the call was made again. The bodies
 * are recorded answers, but for those marked as written.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { describeRefusal } from '../apply/describeRefusal';
import { KubernetesClient } from '../ports/KubernetesClient';
import { FakeRetryClock } from './__testUtils__/FakeRetryClock';
import {
  ScriptedApiServer,
  ScriptedReply,
} from './__testUtils__/ScriptedApiServer';
import { InFlightLimit } from './InFlightLimit';
import { DEFAULT_BUDGET_SECONDS } from './RetryPolicy';

const objectOf = (apiVersion: string, kind: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'odds', namespace: 'betting' },
});
const CONFIG_MAP = objectOf('v1', 'ConfigMap');
const DEPLOYMENT = objectOf('apps/v1', 'Deployment');
const ROLE = objectOf('rbac.authorization.k8s.io/v1', 'Role');
const ROLE_BINDING = objectOf('rbac.authorization.k8s.io/v1', 'RoleBinding');
const SCALED_OBJECT = objectOf('keda.sh/v1alpha1', 'ScaledObject');
const SERVICE_MONITOR = objectOf('monitoring.coreos.com/v1', 'ServiceMonitor');

const recorded = (status: number, file: string): ScriptedReply => ({
  status,
  text: readFileSync(
    path.join(__dirname, '__fixtures__/refusals', file),
    'utf-8',
  ),
});

/** Not recorded: as the sources of Kubernetes 1.36 write it. */
const written = (
  status: number,
  body: object,
  headers?: Record<string, string>,
): ScriptedReply => ({
  status,
  headers,
  text: JSON.stringify({ kind: 'Status', code: status, ...body }),
});

const stored = (object: KubernetesObject): ScriptedReply => ({
  status: 201,
  text: JSON.stringify(object),
});

const failureOf = async (call: Promise<unknown>): Promise<Error> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) {
    throw new Error('The call did not fail');
  }
  return error;
};

interface Refusal {
  situation: string;
  object: KubernetesObject;
  reply: ScriptedReply;
  /** Fields of the error. */
  error: object;
  /** What people are told, with the next step. */
  says: RegExp;
}

const FINAL: Refusal[] = [
  {
    situation: 'a kind whose definition is not served',
    object: SERVICE_MONITOR,
    reply: recorded(404, 'servicemonitor-before-crd.404.txt'),
    error: {
      name: 'ApiNotInstalledError',
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
    },
    says: /does not serve ServiceMonitor.*wait until a new definition is established/,
  },
  {
    situation: 'a namespace that does not exist',
    object: CONFIG_MAP,
    reply: recorded(404, 'missing-namespace.json'),
    error: { name: 'KubernetesApiError', status: 404, reason: 'NotFound' },
    says: /namespaces "k-no-such" not found.*Make the namespace first/,
  },
  {
    situation: 'a field that somebody else owns',
    object: DEPLOYMENT,
    reply: recorded(409, 'deployment-replicas-conflict-409.json'),
    error: {
      name: 'FieldConflictError',
      conflicts: [
        { manager: 'kube-controller-manager', field: '.spec.replicas' },
      ],
    },
    says: /\.spec\.replicas belongs to kube-controller-manager.*Leave these fields out, or force/,
  },
  {
    situation: 'a selector that cannot change',
    object: DEPLOYMENT,
    reply: recorded(422, 'immutable-selector.json'),
    error: {
      name: 'KubernetesApiError',
      status: 422,
      reason: 'Invalid',
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.selector' }],
    },
    says: /spec\.selector.*field is immutable.*Leave it as it is/,
  },
  {
    situation: 'a role reference that cannot change',
    object: ROLE_BINDING,
    reply: recorded(422, 'immutable-role-ref.json'),
    error: {
      name: 'KubernetesApiError',
      reason: 'Invalid',
      causes: [{ field: 'roleRef' }],
    },
    says: /cannot change roleRef.*Leave it as it is/,
  },
  {
    situation: 'a rule of a definition',
    object: SCALED_OBJECT,
    reply: recorded(422, 'definition-rule.json'),
    error: {
      name: 'KubernetesApiError',
      reason: 'Invalid',
      causes: [{ reason: 'FieldValueInvalid', field: 'spec' }],
    },
    says: /minReplicaCount must be less than or equal to maxReplicaCount/,
  },
  {
    situation: 'a field that the schema does not know',
    object: SCALED_OBJECT,
    reply: recorded(500, 'so-unknown-field.json'),
    error: { name: 'KubernetesApiError', status: 500, reason: undefined },
    says: /\.spec\.foo: field not declared in schema.*Correct the manifest/,
  },
  {
    situation: 'a value of another type than the schema says',
    object: SCALED_OBJECT,
    reply: recorded(500, 'so-threshold-number.json'),
    error: { name: 'KubernetesApiError', status: 500, reason: undefined },
    says: /metadata\.threshold: expected string.*Correct the manifest/,
  },
  {
    situation: 'a namespace that is being deleted',
    object: CONFIG_MAP,
    reply: recorded(403, 'namespace-terminating.json'),
    error: {
      name: 'KubernetesApiError',
      status: 403,
      causes: [{ reason: 'NamespaceTerminating' }],
    },
    says: /because it is being terminated\. Wait until the namespace is gone/,
  },
  {
    situation: 'a missing right',
    object: CONFIG_MAP,
    reply: recorded(403, 'rights.json'),
    error: { name: 'ClusterForbiddenError' },
    says: /User "alice" cannot patch resource "configmaps".*Grant this right/,
  },
  {
    situation: 'a role with more rights than its author has',
    object: ROLE,
    reply: recorded(403, 'rights-escalation.json'),
    error: { name: 'ClusterForbiddenError' },
    says: /attempting to grant RBAC permissions not currently held.*'escalate' and 'bind'/s,
  },
  {
    situation: 'data of more than a mebibyte',
    object: CONFIG_MAP,
    reply: recorded(422, 'data-too-long.json'),
    error: {
      name: 'KubernetesApiError',
      status: 422,
      causes: [{ reason: 'FieldValueTooLong' }],
    },
    says: /may not be more than 1048576 bytes.*Split the object/,
  },
  {
    situation: 'a body of more than three mebibytes',
    object: CONFIG_MAP,
    reply: recorded(413, 'body-too-large.json'),
    error: {
      name: 'KubernetesApiError',
      status: 413,
      reason: 'RequestEntityTooLarge',
    },
    says: /limit is 3145728.*Split the object/,
  },
  {
    situation:
      'annotations of more than 256 KiB, as client-side apply makes them',
    object: CONFIG_MAP,
    reply: recorded(422, 'annotations-too-long.json'),
    error: {
      name: 'KubernetesApiError',
      causes: [{ reason: 'FieldValueTooLong', field: 'metadata.annotations' }],
    },
    says: /may not be more than 262144 bytes.*Split the object/,
  },
  {
    situation: 'the denial of an admission webhook',
    object: SCALED_OBJECT,
    reply: recorded(403, 'so-hpa-already-exists.json'),
    error: { name: 'AdmissionDeniedError', webhook: 'vscaledobject.kb.io' },
    says: /already managed by the hpa 'foreign'/,
  },
  {
    situation: 'a quota that is used up',
    object: CONFIG_MAP,
    reply: recorded(403, 'quota-exceeded.json'),
    error: { name: 'AdmissionDeniedError', webhook: undefined },
    says: /exceeded quota: q, requested: configmaps=1.*have the quota of the namespace raised/,
  },
  {
    situation: 'a node port that is taken',
    object: CONFIG_MAP,
    reply: recorded(422, 'nodeport-taken.json'),
    error: {
      name: 'KubernetesApiError',
      causes: [{ field: 'spec.ports[0].nodePort' }],
    },
    says: /provided port is already allocated.*Choose another node port/,
  },
  {
    situation: 'credentials that are not accepted (written)',
    object: CONFIG_MAP,
    reply: written(401, { reason: 'Unauthorized', message: 'Unauthorized' }),
    error: { name: 'ClusterForbiddenError' },
    says: /does not accept the credentials.*Renew/,
  },
];

interface PassingTrouble {
  situation: string;
  reply: ScriptedReply;
  error: object;
  /** At least so long is the pause before the next attempt. */
  asksForMilliseconds?: number;
}

const PASSING: PassingTrouble[] = [
  {
    situation: 'a webhook without endpoints',
    reply: recorded(500, 'webhook-no-endpoints.json'),
    error: {
      name: 'KubernetesApiError',
      status: 500,
      reason: 'InternalError',
    },
  },
  {
    situation: 'a conversion webhook that fails (written)',
    reply: written(500, {
      message:
        'conversion webhook for keda.sh/v1alpha1, Kind=ScaledObject failed: Post "https://x": connect: connection refused',
    }),
    error: { name: 'KubernetesApiError', status: 500 },
  },
  {
    situation: 'an etcd that elects a new leader (written)',
    reply: written(500, { message: 'etcdserver: leader changed' }),
    error: { name: 'KubernetesApiError', status: 500 },
  },
  {
    situation: 'an etcd that does not answer in time (written)',
    reply: written(500, { message: 'etcdserver: request timed out' }),
    error: { name: 'KubernetesApiError', status: 500 },
  },
  {
    situation: 'a server that could not answer in time (written)',
    reply: written(500, {
      reason: 'ServerTimeout',
      message: 'The server could not complete the request in the given time',
      details: { retryAfterSeconds: 2 },
    }),
    error: { name: 'KubernetesApiError', reason: 'ServerTimeout' },
    asksForMilliseconds: 2_000,
  },
  {
    situation: 'a service that has no endpoints',
    reply: recorded(503, 'service-proxy-no-endpoints.json'),
    error: {
      name: 'KubernetesApiError',
      status: 503,
      reason: 'ServiceUnavailable',
    },
  },
  {
    situation: 'too many requests, with Retry-After (written)',
    reply: written(
      429,
      {
        reason: 'TooManyRequests',
        message: 'Too many requests, please try again later.',
      },
      { 'Retry-After': '3' },
    ),
    error: { name: 'KubernetesApiError', status: 429, retryAfterSeconds: 3 },
    asksForMilliseconds: 3_000,
  },
  {
    situation: 'a quota that was counted in the same moment (written)',
    reply: written(409, {
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on resourcequotas "limits": the object has been modified; please apply your changes to the latest version and try again',
    }),
    error: { name: 'KubernetesApiError', status: 409 },
  },
  {
    situation: 'somebody who wrote the object in the same moment (written)',
    reply: written(409, {
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "odds": the object has been modified; please apply your changes to the latest version and try again',
    }),
    error: { name: 'KubernetesApiError', status: 409 },
  },
  {
    situation: 'a gateway whose own connection was ended (written)',
    reply: { status: 502, text: 'http2: server sent GOAWAY and closed' },
    error: { name: 'KubernetesApiError', status: 502 },
  },
  {
    situation: 'a connection that is closed without an answer',
    reply: 'hang up',
    error: { name: 'ClusterUnreachableError' },
  },
];

jest.setTimeout(60_000);

describe('refusals of an API server', () => {
  let server: ScriptedApiServer;
  let clock: FakeRetryClock;
  let client: KubernetesClient;

  beforeAll(async () => {
    server = await new ScriptedApiServer().start();
  });

  beforeEach(async () => {
    clock = new FakeRetryClock();
    client = await server.client({ clock });
  });

  afterAll(async () => {
    await server.stop();
  });

  it.each(FINAL)(
    '$situation: told at once, and never tried again',
    async ({ object, reply, error, says }) => {
      server.script(reply, stored(object));
      const failure = await failureOf(client.apply(object));
      expect(failure).toMatchObject(error);
      expect(describeRefusal(objectRefOf(object), failure)).toMatch(says);
      expect(server.requests).toHaveLength(1);
      expect(clock.pauses).toEqual([]);
    },
  );

  it.each(PASSING)(
    '$situation: tried again until it has passed',
    async ({ reply, asksForMilliseconds = 1 }) => {
      server.script(reply, reply, stored(CONFIG_MAP));
      expect((await client.apply(CONFIG_MAP)).object).toEqual(CONFIG_MAP);
      expect(server.requests).toHaveLength(3);
      expect(clock.pauses).toHaveLength(2);
      expect(Math.min(...clock.pauses)).toBeGreaterThanOrEqual(
        asksForMilliseconds,
      );
    },
  );

  it.each(PASSING)(
    '$situation: told when it does not pass within the budget',
    async ({ reply, error }) => {
      server.script(reply);
      expect(await failureOf(client.apply(CONFIG_MAP))).toMatchObject(error);
      expect(server.requests.length).toBeGreaterThan(3);
      expect(clock.now()).toBeLessThanOrEqual(1000 * DEFAULT_BUDGET_SECONDS);
    },
  );

  it('asks no more where the server wants a longer pause than the budget has', async () => {
    server.script(written(429, {}, { 'Retry-After': '120' }));
    expect(await failureOf(client.apply(CONFIG_MAP))).toMatchObject({
      status: 429,
      retryAfterSeconds: 120,
    });
    expect([server.requests.length, clock.pauses]).toEqual([1, []]);
  });

  it('does not repeat a write that insists on a version which is gone', async () => {
    const overtaken = PASSING.find(({ situation }) =>
      situation.startsWith('somebody who wrote'),
    );
    const { metadata } = CONFIG_MAP;
    server.script(overtaken?.reply ?? 'silence');
    const failure = await failureOf(
      client.apply({
        ...CONFIG_MAP,
        metadata: { ...metadata, resourceVersion: '7' },
      }),
    );
    expect(failure).toMatchObject({ status: 409 });
    expect(server.requests).toHaveLength(1);
  });

  it('gives an attempt that is not answered up, and tries again', async () => {
    const impatient = await server.client({
      clock,
      attemptTimeoutSeconds: 0.2,
    });
    server.script('silence', stored(CONFIG_MAP));
    await impatient.apply(CONFIG_MAP);
    expect(server.requests.length).toBeGreaterThanOrEqual(2);
  });

  it('says deleted of an object that a lost attempt may have deleted, and absent of none', async () => {
    const ref = objectRefOf(CONFIG_MAP);
    const absent = written(404, {
      reason: 'NotFound',
      message: 'configmaps "odds" not found',
      details: { name: 'odds', kind: 'configmaps' },
    });
    server.script('hang up', absent);
    expect(await client.delete(ref)).toBe('deleted');
    server.script(written(429, {}), absent);
    expect(await client.delete(ref)).toBe('absent');
    server.script(absent);
    expect(await client.delete(ref)).toBe('absent');
    server.script('hang up', absent);
    expect(await client.get(ref)).toBeUndefined();
  });
});

describe('the limit of calls at a time', () => {
  /** Calls that stay under way until they are answered. */
  class Calls {
    readonly limit = new InFlightLimit({ first: 8, most: 10 });
    readonly open: ((isBusy: boolean) => void)[] = [];
    readonly ended: Promise<boolean>[] = [];

    begin(count: number, signal?: AbortSignal): void {
      for (let call = 0; call < count; call += 1) {
        this.ended.push(
          this.limit.run(
            () => new Promise<boolean>(resolve => this.open.push(resolve)),
            { isBusy: busy => busy, signal },
          ),
        );
      }
    }

    async answer(...answers: boolean[]): Promise<void> {
      this.open
        .splice(0, answers.length)
        .forEach((answer, index) => answer(answers[index]));
      await setImmediate();
    }
  }
  const times = (count: number, isBusy: boolean): boolean[] =>
    Array.from({ length: count }, () => isBusy);

  it('is halved once for all calls that were under way, and holds the others back', async () => {
    const calls = new Calls();
    calls.begin(20);
    await setImmediate();
    expect(calls.open).toHaveLength(8);
    await calls.answer(...times(5, true));
    expect(calls.limit.limit).toBe(4);
    expect(calls.open).toHaveLength(4);
    await calls.answer(true, true, true);
    expect([calls.limit.limit, calls.open.length]).toEqual([4, 4]);
    // This one began after the limit was lowered.
    await calls.answer(true);
    expect(calls.limit.limit).toBe(2);
    expect(calls.open).toHaveLength(3);
    await calls.answer(true, true, true);
    expect([calls.limit.limit, calls.open.length]).toEqual([2, 2]);
    await calls.answer(true, true);
    expect([calls.limit.limit, calls.open.length]).toEqual([1, 1]);
    await calls.answer(true);
    expect([calls.limit.limit, calls.open.length]).toEqual([1, 1]);
  });

  it('rises by one with each round of calls that went well, up to the most', async () => {
    const calls = new Calls();
    calls.begin(60);
    await setImmediate();
    await calls.answer(...times(8, false));
    expect([calls.limit.limit, calls.open.length]).toEqual([9, 9]);
    await calls.answer(...times(9, false));
    await calls.answer(...times(10, false));
    await calls.answer(...times(10, false));
    expect([calls.limit.limit, calls.open.length]).toEqual([10, 10]);
  });

  it('gives the room of a call that failed or was given up to the next', async () => {
    const limit = new InFlightLimit({ first: 1 });
    const controller = new AbortController();
    const options = { isBusy: () => false };
    let fail: (error: Error) => void = () => {};
    const failing = limit.run(
      () => new Promise((_, reject) => (fail = reject)),
      options,
    );
    const givenUp = limit.run(async () => 'begun', {
      ...options,
      signal: controller.signal,
    });
    const last = limit.run(async () => 'begun', options);
    controller.abort(new Error('never mind'));
    await expect(givenUp).rejects.toThrow('never mind');
    fail(new Error('refused'));
    await expect(failing).rejects.toThrow('refused');
    expect(await last).toBe('begun');
  });
});
