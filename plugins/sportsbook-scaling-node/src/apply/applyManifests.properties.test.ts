/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "fc.assert"] }] */
/**
 * What holds for every set of objects, whatever goes wrong and whenever. A
 * failure prints its seed and the smallest case.
 */
import { setImmediate } from 'node:timers/promises';
import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import fc from 'fast-check';
import { interceptedClient } from '../__scenarios__/InterceptedClient';
import { ClusterUnreachableError, KubernetesApiError } from '../errors';
import { ApplyFailedError } from '../errors/ApplyFailedError';
import { ChangeSet } from '../model/ChangeSet';
import { KubernetesClient } from '../ports/KubernetesClient';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  gadget,
  gadgetDefinition,
  serviceManifests,
  sourced,
} from '../testUtils/serviceManifests';
import { applyManifests } from './applyManifests';
import { stageOf } from './stages';

jest.setTimeout(60_000);

const NAMESPACE = 'betting';
const SEED = 20_261_124;

type Fault =
  /** The server does it, and the answer is lost. */
  | 'answer lost'
  /** The call never reaches the server. */
  | 'call lost'
  /** The server does it, and nothing answers from then on. */
  | 'server gone'
  | 'refused'
  /** The server does it, and the run is cancelled meanwhile. */
  | 'cancelled';

interface Case {
  objects: KubernetesObject[];
  /** Are there before, with another value. */
  older: KubernetesObject[];
  /** Are there before, as they shall be. */
  same: KubernetesObject[];
  /** Of the n-th write. */
  faults: Map<number, Fault>;
  /** How long each call takes, in turns of the event loop. */
  pauses: number[];
}

const plain = (
  apiVersion: string,
  kind: string,
  name: string,
  rest: object,
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
  ...rest,
});

const RBAC = 'rbac.authorization.k8s.io';
const POOL: KubernetesObject[] = [
  plain('v1', 'ServiceAccount', 'odds', {}),
  plain(`${RBAC}/v1`, 'Role', 'odds', { rules: [] }),
  plain(`${RBAC}/v1`, 'RoleBinding', 'odds', {
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'odds' },
  }),
  ...['a', 'b', 'c', 'd'].map(name =>
    plain('v1', 'ConfigMap', name, { data: { value: 'new' } }),
  ),
  plain('batch/v1', 'Job', 'settle', { spec: { backoffLimit: 0 } }),
];
const SERVICE = serviceManifests.map(({ object }) => ({
  ...object,
  metadata: { ...object.metadata, namespace: NAMESPACE },
}));
const GADGETS = [
  gadgetDefinition,
  { ...gadget, metadata: { ...gadget.metadata, namespace: NAMESPACE } },
];

/** @param bundles - sets of which all or none is there */
function cases(...bundles: KubernetesObject[][]): fc.Arbitrary<Case> {
  return fc
    .record({
      single: fc.subarray(POOL, { minLength: 1 }),
      bundled: fc.tuple(...bundles.map(bundle => fc.subarray([bundle]))),
      states: fc.array(fc.constantFrom('absent', 'older', 'same'), {
        minLength: POOL.length,
        maxLength: POOL.length,
      }),
      faults: fc.array(
        fc.tuple(
          fc.nat({ max: 12 }),
          fc.constantFrom<Fault[]>(
            'answer lost',
            'call lost',
            'server gone',
            'refused',
            'cancelled',
          ),
        ),
        { maxLength: 3 },
      ),
      pauses: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }),
    })
    .chain(({ single, bundled, states, faults, pauses }) => {
      const inState = (state: string) =>
        single.filter(object => states[POOL.indexOf(object)] === state);
      return fc.record<Case>({
        objects: fc.shuffledSubarray([...single, ...bundled.flat(2)], {
          minLength: single.length + bundled.flat(2).length,
        }),
        older: fc.constant(
          inState('older')
            .filter(({ kind }) => kind === 'ConfigMap')
            .map(object => ({ ...object, data: { value: 'old' } })),
        ),
        same: fc.constant(inState('same')),
        faults: fc.constant(new Map(faults)),
        pauses: fc.constant(pauses),
      });
    });
}

interface Run {
  changeSet: ChangeSet;
  error?: unknown;
  /** Names of what the server really wrote. */
  written: Set<string>;
  /** Names of what was there before. */
  before: Set<string>;
  isServerGone: boolean;
}

const nameOf = (object: KubernetesObject) =>
  formatObjectRef(objectRefOf(object));

async function clusterOf({ older, same }: Case): Promise<FakeCluster> {
  const cluster = new FakeCluster([NAMESPACE]);
  cluster.definitionDelayMs = 1;
  for (const object of [...older, ...same]) {
    await cluster.apply(object);
  }
  cluster.writes.length = 0;
  return cluster;
}

async function isReady(
  cluster: FakeCluster,
  object: KubernetesObject,
): Promise<boolean> {
  const live = await cluster.get(objectRefOf(object));
  if (object.kind === 'CustomResourceDefinition') {
    const catalog = await cluster.discover();
    return catalog.find(gadget.apiVersion, gadget.kind) !== undefined;
  }
  return (
    live !== undefined &&
    JSON.stringify(live.data) === JSON.stringify(object.data)
  );
}

/** Applies with the faults of a case, and checks the order of the stages at each write. */
async function runWithFaults(cluster: FakeCluster, given: Case): Promise<Run> {
  const controller = new AbortController();
  const before = new Set<string>();
  for (const object of given.objects) {
    const live = await find(cluster, objectRefOf(object));
    if (live !== undefined) {
      before.add(nameOf(object));
    }
  }
  let writes = 0;
  let calls = 0;
  let isServerGone = false;
  const pause = async () => {
    const turns = given.pauses[calls % given.pauses.length];
    calls += 1;
    for (let turn = 0; turn < turns; turn += 1) {
      await setImmediate();
    }
    if (isServerGone) {
      throw new ClusterUnreachableError('nothing answers');
    }
  };
  const client = slowed(
    interceptedClient(cluster, {
      write: async (object, pass) => {
        const fault = given.faults.get(writes);
        writes += 1;
        for (const earlier of given.objects) {
          if (stageOf(earlier) < stageOf(object)) {
            expect([nameOf(earlier), await isReady(cluster, earlier)]).toEqual([
              nameOf(earlier),
              true,
            ]);
          }
        }
        if (fault === 'refused') {
          throw new KubernetesApiError('it is invalid', { status: 422 });
        }
        if (fault === 'call lost') {
          throw new ClusterUnreachableError('the connection was cut');
        }
        const result = await pass();
        if (fault === 'cancelled') {
          controller.abort(new Error('the task was stopped'));
        }
        isServerGone ||= fault === 'server gone';
        if (fault === 'answer lost' || isServerGone) {
          throw new ClusterUnreachableError('the connection was cut');
        }
        return result;
      },
    }),
    pause,
  );
  const outcome = await applyManifests({
    client,
    manifests: sourced(...given.objects),
    namespace: NAMESPACE,
    signal: controller.signal,
  }).then(
    changeSet => ({ changeSet }),
    (error: unknown) => ({
      error,
      changeSet: error instanceof ApplyFailedError ? error.changeSet : [],
    }),
  );
  return {
    ...outcome,
    written: new Set(cluster.written()),
    before,
    isServerGone,
  };
}

async function find(client: KubernetesClient, ref: ObjectRef) {
  const catalog = await client.discover();
  return catalog.find(ref.apiVersion, ref.kind) === undefined
    ? undefined
    : await client.get(ref);
}

/** Every read and dry run takes some turns, or fails. */
function slowed(
  client: KubernetesClient,
  pause: () => Promise<void>,
): KubernetesClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === 'get') {
        return async (...call: Parameters<KubernetesClient['get']>) => {
          await pause();
          return await target.get(...call);
        };
      }
      if (name === 'apply') {
        return async (...call: Parameters<KubernetesClient['apply']>) => {
          await pause();
          return await target.apply(...call);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** What a change set must say of an object, by what the server did. */
function allowedActions(name: string, run: Run): string[] {
  const { written, before, error, isServerGone } = run;
  if (written.has(name)) {
    return [
      before.has(name) ? 'configured' : 'created',
      ...(isServerGone ? ['unknown'] : []),
    ];
  }
  return error === undefined
    ? ['unchanged']
    : ['unchanged', 'skipped', 'failed', ...(isServerGone ? ['unknown'] : [])];
}

async function expectTruth(given: Case): Promise<void> {
  const cluster = await clusterOf(given);
  const run = await runWithFaults(cluster, given);
  if (run.error !== undefined) {
    expect(run.error).toBeInstanceOf(ApplyFailedError);
  }
  const names = given.objects.map(nameOf);
  expect(run.changeSet.map(({ ref }) => formatObjectRef(ref)).sort()).toEqual(
    [...names].sort(),
  );
  for (const { ref, action } of run.changeSet) {
    const name = formatObjectRef(ref);
    expect([name, allowedActions(name, run)]).toEqual([
      name,
      expect.arrayContaining([action]),
    ]);
  }
}

async function expectIdempotence(given: Case): Promise<void> {
  const cluster = await clusterOf(given);
  await runWithFaults(cluster, given);
  // Whatever became of the first, a second run completes it.
  const completed = await runWithFaults(cluster, {
    ...given,
    faults: new Map(),
  });
  expect(completed.error).toBeUndefined();
  const stored = await Promise.all(
    given.objects.map(object => cluster.get(objectRefOf(object))),
  );
  cluster.writes.length = 0;
  const again = await runWithFaults(cluster, { ...given, faults: new Map() });
  expect(new Set(again.changeSet.map(({ action }) => action))).toEqual(
    new Set(['unchanged']),
  );
  expect(cluster.written()).toEqual([]);
  expect(
    await Promise.all(
      given.objects.map(object => cluster.get(objectRefOf(object))),
    ),
  ).toEqual(stored);

  const straight = await clusterOf({ ...given, older: [], same: [] });
  await runWithFaults(straight, { ...given, faults: new Map() });
  for (const [index, object] of given.objects.entries()) {
    const once = await straight.get(objectRefOf(object));
    expect(intentOf(stored[index])).toEqual(intentOf(once));
  }
}

function intentOf(object: KubernetesObject | undefined) {
  const { uid, resourceVersion, generation, ...metadata } =
    object?.metadata ?? {};
  return { ...object, metadata };
}

describe('for every set of objects, and whatever goes wrong', () => {
  it('nothing of a later stage is written before its earlier stages are ready, and the change set is what the server did', async () => {
    await fc.assert(fc.asyncProperty(cases(SERVICE), expectTruth), {
      seed: SEED,
      numRuns: 150,
    });
  });

  it('so it is where a definition has to be served first', async () => {
    await fc.assert(fc.asyncProperty(cases(GADGETS), expectTruth), {
      seed: SEED,
      numRuns: 8,
    });
  });

  it('a second run completes the first, and a third has nothing to do', async () => {
    await fc.assert(fc.asyncProperty(cases(SERVICE), expectIdempotence), {
      seed: SEED,
      numRuns: 50,
    });
  });
});
