import { readPod } from '../podObject';
import { type ContainerView, newContainerView } from './ContainerView';
import { podPhase } from './podPhase';
import { podStatus } from './podStatus';
import { restoredView } from './restoredView';

const NOW = '2026-11-24T10:00:00Z';
const RAN = { startedAt: NOW, finishedAt: NOW, reason: 'x' };

function view(
  state: ContainerView['state'],
  change: Partial<ContainerView> = {},
) {
  return {
    ...newContainerView({ name: 'c', image: 'i' }, 'ContainerCreating'),
    state,
    ...change,
  };
}

const waiting = view({ waiting: { reason: 'ContainerCreating' } });
const crashed = view(
  { waiting: { reason: 'CrashLoopBackOff' } },
  { lastState: { terminated: { exitCode: 1, ...RAN } } },
);
const running = view({ running: { startedAt: NOW } });
const well = view({ terminated: { exitCode: 0, ...RAN } });
const ill = view({ terminated: { exitCode: 1, ...RAN } });

describe('podPhase', () => {
  it.each<[string, string, ContainerView[], ContainerView[], boolean]>([
    ['Pending', 'Always', [], [waiting], false],
    ['Pending', 'Always', [], [running, waiting], false],
    ['Running', 'Always', [], [running, crashed], false],
    ['Running', 'Always', [], [crashed], false],
    ['Running', 'Always', [], [well], false],
    ['Running', 'OnFailure', [], [ill], false],
    ['Succeeded', 'OnFailure', [], [well, well], false],
    ['Failed', 'Never', [], [well, ill], false],
    ['Running', 'Never', [], [running, ill], false],
    ['Pending', 'Always', [running], [waiting], false],
    ['Pending', 'OnFailure', [ill], [waiting], false],
    ['Failed', 'Never', [ill], [waiting], false],
    ['Running', 'Always', [well], [running], false],
    ['Succeeded', 'Always', [], [well], true],
    ['Failed', 'Always', [], [ill], true],
    ['Failed', 'Always', [], [waiting], true],
  ])('is %s for %s', (phase, restartPolicy, init, containers, ended) => {
    expect(
      podPhase({
        restartPolicy,
        init: init.map(one => ({ view: one, sidecar: false })),
        containers,
        ended,
      }),
    ).toBe(phase);
  });
});

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'n', uid: 'u', generation: 2 },
  spec: {
    containers: [{ name: 'c', image: 'i' }],
    readinessGates: [{ conditionType: 'example.org/gate' }],
  },
};

function statusOf(stored: Record<string, unknown>, one: ContainerView) {
  return readPod({
    ...POD,
    status: podStatus({
      pod: readPod({ ...POD, status: stored }),
      init: [],
      containers: [one],
      podIP: '10.42.0.2',
      ended: false,
      startTime: NOW,
      now: '2026-11-24T11:00:00Z',
    }),
  }).status;
}

describe('podStatus', () => {
  const ready = view({ running: { startedAt: NOW } }, { ready: true });

  it('keeps the time of a condition that stays, and the conditions of others', () => {
    const gate = { type: 'example.org/gate', status: 'True' };
    const { conditions } = statusOf(
      {
        conditions: [
          gate,
          { type: 'Ready', status: 'True', lastTransitionTime: NOW },
          { type: 'ContainersReady', status: 'False', lastTransitionTime: NOW },
        ],
      },
      ready,
    );
    const times = Object.fromEntries(
      conditions.map(({ type, lastTransitionTime }) => [
        type,
        lastTransitionTime,
      ]),
    );
    expect(conditions[0]).toMatchObject(gate);
    expect(times.Ready).toBe(NOW);
    expect(times.ContainersReady).toBe('2026-11-24T11:00:00Z');
  });

  it.each([
    [
      [],
      'corresponding condition of pod readiness gate "example.org/gate" does not exist.',
    ],
    [
      [{ type: 'example.org/gate', status: 'False' }],
      'the status of pod readiness gate "example.org/gate" is not "True", but False',
    ],
  ])('is not ready before its readiness gates are', (conditions, message) => {
    expect(
      statusOf({ conditions }, ready).conditions.find(
        ({ type }) => type === 'Ready',
      ),
    ).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message,
    });
  });
});

describe('restoredView', () => {
  const options = { waitingReason: 'ContainerCreating', nowMilliseconds: 0 };
  const container = { name: 'c', image: 'i' };
  const begun = {
    ...newContainerView(container, 'x'),
    containerID: 'node-process://1',
    restartCount: 4,
  };

  it('begins anew with a container that never began', () => {
    expect(
      restoredView(container, newContainerView(container, 'x'), options),
    ).toEqual(newContainerView(container, 'ContainerCreating'));
  });

  it('takes a run that nobody saw the end of for over', () => {
    expect(
      restoredView(
        container,
        { ...begun, state: { running: { startedAt: NOW } } },
        options,
      ),
    ).toMatchObject({
      restartCount: 4,
      state: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
  });

  it('remembers how a container ended', () => {
    const { state } = ill;
    expect(restoredView(container, { ...begun, state }, options).state).toEqual(
      state,
    );
    expect(
      restoredView(
        container,
        { ...begun, state: crashed.state, lastState: crashed.lastState },
        options,
      ),
    ).toMatchObject({
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: crashed.lastState,
    });
  });
});
