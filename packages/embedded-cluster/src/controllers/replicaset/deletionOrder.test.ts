import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { inDeletionOrder } from './deletionOrder';

const NOW = Date.parse('2026-11-24T10:00:00Z');

interface Traits {
  node?: string;
  phase?: string;
  /** Undefined: not ready. */
  readyForSeconds?: number;
  ageSeconds?: number;
  restarts?: number;
  cost?: number;
}

function pod(name: string, traits: Traits = {}): KubernetesObject {
  const {
    node = 'embedded',
    phase = 'Running',
    readyForSeconds,
    ageSeconds = 100,
    restarts = 0,
    cost,
  } = traits;
  const before = (seconds: number) =>
    new Date(NOW - seconds * 1000).toISOString();
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: before(ageSeconds),
      ...(cost === undefined
        ? {}
        : {
            annotations: {
              'controller.kubernetes.io/pod-deletion-cost': String(cost),
            },
          }),
    },
    spec: { nodeName: node, containers: [] },
    status: {
      phase,
      conditions: [
        {
          type: 'Ready',
          status: readyForSeconds === undefined ? 'False' : 'True',
          lastTransitionTime: before(readyForSeconds ?? 0),
        },
      ],
      containerStatuses: [{ restartCount: restarts }],
    },
  };
}

function order(pods: KubernetesObject[]): string[] {
  return inDeletionOrder(pods, pods, NOW).map(({ metadata }) => metadata.name);
}

describe('inDeletionOrder', () => {
  it('gives up what has no node, is pending or is not ready before what works', () => {
    expect(
      order([
        pod('ready', { readyForSeconds: 50 }),
        pod('running'),
        pod('pending', { phase: 'Pending' }),
        pod('nowhere', { node: '', phase: 'Pending' }),
      ]),
    ).toEqual(['nowhere', 'pending', 'running', 'ready']);
  });

  it('gives up the cheaper pod, and of equal ones the later ready', () => {
    expect(
      order([
        pod('long', { readyForSeconds: 5000 }),
        pod('short', { readyForSeconds: 5 }),
        pod('cheap', { readyForSeconds: 5000, cost: -1 }),
      ]),
    ).toEqual(['cheap', 'short', 'long']);
  });

  it('gives up the pod that shares its node with most of its like', () => {
    expect(
      order([
        pod('alone', { node: 'a', readyForSeconds: 5 }),
        pod('shared', { node: 'b', readyForSeconds: 5000 }),
        pod('also', { node: 'b', readyForSeconds: 50_000 }),
      ]),
    ).toEqual(['shared', 'also', 'alone']);
  });

  it('gives up the pod that was restarted most, then the youngest', () => {
    expect(
      order([
        pod('old', { readyForSeconds: 50, ageSeconds: 50_000 }),
        pod('young', { readyForSeconds: 50, ageSeconds: 60 }),
        pod('restarted', {
          readyForSeconds: 50,
          ageSeconds: 50_000,
          restarts: 3,
        }),
      ]),
    ).toEqual(['restarted', 'young', 'old']);
  });
});
