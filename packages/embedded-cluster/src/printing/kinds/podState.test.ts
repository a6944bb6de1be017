import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { podState } from './podState';

function pod(
  status: Record<string, unknown>,
  options: { deleting?: boolean; sidecar?: boolean } = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      ...(options.deleting
        ? { deletionTimestamp: '2026-01-01T00:00:00Z' }
        : {}),
    },
    spec: {
      initContainers: [
        {
          name: 'i',
          ...(options.sidecar ? { restartPolicy: 'Always' } : {}),
        },
      ],
      containers: [{ name: 'c' }, { name: 'd' }],
    },
    status,
  };
}

const running = { ready: true, state: { running: {} } };
const completed = {
  ready: false,
  state: { terminated: { exitCode: 0, reason: 'Completed' } },
};

describe('podState', () => {
  it('says how many init containers are done while the next one runs', () => {
    expect(
      podState(
        pod({
          phase: 'Pending',
          initContainerStatuses: [{ name: 'i', state: { running: {} } }],
        }),
      ).text,
    ).toBe('Init:0/1');
  });

  it('says Terminating of a pod that is being deleted and has not ended', () => {
    const status = {
      phase: 'Running',
      containerStatuses: [{ name: 'c', ...running }],
    };

    expect(podState(pod(status, { deleting: true })).text).toBe('Terminating');
    expect(
      podState(pod({ ...status, phase: 'Failed' }, { deleting: true })).text,
    ).not.toBe('Terminating');
  });

  it('lets a container that completed not speak for one that runs', () => {
    const containerStatuses = [
      { name: 'c', ...completed },
      { name: 'd', ...running },
    ];

    expect(podState(pod({ phase: 'Running', containerStatuses })).text).toBe(
      'NotReady',
    );
    expect(
      podState(
        pod({
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
          containerStatuses,
        }),
      ).text,
    ).toBe('Running');
  });

  it('names the signal or the exit code of a container without a reason', () => {
    const ended = (terminated: object) =>
      podState(
        pod({
          phase: 'Running',
          containerStatuses: [{ name: 'c', state: { terminated } }],
        }),
      ).text;

    expect(ended({ exitCode: 137, signal: 9 })).toBe('Signal:9');
    expect(ended({ exitCode: 3 })).toBe('ExitCode:3');
  });

  it('counts a sidecar that runs among the containers that are ready', () => {
    const state = podState(
      pod(
        {
          phase: 'Running',
          initContainerStatuses: [
            { name: 'i', started: true, ...running, restartCount: 1 },
          ],
          containerStatuses: [
            { name: 'c', ...running, restartCount: 2 },
            { name: 'd', ready: false, state: { waiting: {} } },
          ],
        },
        { sidecar: true },
      ),
    );

    expect(state).toEqual({
      text: 'Running',
      ready: 2,
      total: 3,
      restarts: 3,
    });
  });

  it('tells the last of several restarts', () => {
    const ended = (finishedAt: string) => ({
      lastState: { terminated: { exitCode: 1, finishedAt } },
    });

    expect(
      podState(
        pod({
          phase: 'Running',
          containerStatuses: [
            {
              name: 'c',
              ...running,
              restartCount: 1,
              ...ended('2026-01-01T00:00:05Z'),
            },
            {
              name: 'd',
              ...running,
              restartCount: 1,
              ...ended('2026-01-01T00:00:02Z'),
            },
          ],
        }),
      ),
    ).toMatchObject({ restarts: 2, lastRestart: '2026-01-01T00:00:05Z' });
  });
});
