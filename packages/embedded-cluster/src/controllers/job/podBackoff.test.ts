import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { podBackoffMilliseconds } from './podBackoff';

const NOW = Date.parse('2026-11-24T10:00:00Z');

function ended(
  phase: 'Failed' | 'Succeeded',
  secondsAgo: number,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [] },
    status: {
      phase,
      containerStatuses: [
        {
          state: {
            terminated: {
              finishedAt: new Date(NOW - secondsAgo * 1000).toISOString(),
            },
          },
        },
      ],
    },
  };
}

const wait = (...pods: KubernetesObject[]) => podBackoffMilliseconds(pods, NOW);

describe('podBackoffMilliseconds', () => {
  it('is nothing while none has failed', () => {
    expect(wait()).toBe(0);
    expect(wait(ended('Succeeded', 1))).toBe(0);
  });

  it('doubles with each failure, counted from the last', () => {
    expect(wait(ended('Failed', 3))).toBe(7_000);
    expect(wait(ended('Failed', 30), ended('Failed', 3))).toBe(17_000);
    expect(
      wait(ended('Failed', 90), ended('Failed', 30), ended('Failed', 3)),
    ).toBe(37_000);
  });

  it('is at most ten minutes', () => {
    const failures = Array.from({ length: 20 }, () => ended('Failed', 0));

    expect(wait(...failures)).toBe(600_000);
  });

  it('begins anew after a success', () => {
    expect(
      wait(ended('Failed', 90), ended('Succeeded', 60), ended('Failed', 3)),
    ).toBe(7_000);
  });
});
