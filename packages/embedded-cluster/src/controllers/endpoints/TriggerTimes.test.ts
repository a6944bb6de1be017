import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { service } from '../__testUtils__/workloads';
import { TriggerTimes } from './TriggerTimes';

const CREATED = Date.parse('2026-11-24T10:00:00Z');

function born(): KubernetesObject {
  const made = service();
  return {
    ...made,
    metadata: {
      ...made.metadata,
      uid: 'u',
      creationTimestamp: '2026-11-24T10:00:00Z',
    },
  };
}

function pod(uid: string, ready: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: uid, uid },
    spec: { containers: [] },
    status: {
      conditions: [
        { type: 'Ready', status: 'True', lastTransitionTime: ready },
      ],
    },
  };
}

describe('TriggerTimes', () => {
  it('begins with the birth of the Service', () => {
    const times = new TriggerTimes();

    expect(times.changedSince(born(), [])).toBe(CREATED);
    expect(times.changedSince(born(), [])).toBeUndefined();
  });

  it('tells the earliest of the pods that changed since', () => {
    const times = new TriggerTimes();
    const first = pod('a', '2026-11-24T10:00:05Z');
    times.changedSince(born(), [first]);

    expect(
      times.changedSince(born(), [
        first,
        pod('b', '2026-11-24T10:00:09Z'),
        pod('c', '2026-11-24T10:00:07Z'),
      ]),
    ).toBe(Date.parse('2026-11-24T10:00:07Z'));
  });

  it('has no time for a pod that went', () => {
    const times = new TriggerTimes();
    times.changedSince(born(), [pod('a', '2026-11-24T10:00:05Z')]);

    expect(times.changedSince(born(), [])).toBeUndefined();
  });
});
