import {
  composeSnapshot,
  ScalingTarget,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { SharedSnapshots, TakeSnapshot } from './SharedSnapshots';

const target: ScalingTarget = {
  cluster: 'dev',
  namespace: 'betting',
  scaledObject: 'odds-api',
};

function snapshotOf(of: ScalingTarget) {
  const none = { status: 'absent', message: 'none', since: 1 } as const;
  return composeSnapshot({
    target: of,
    observedAt: 1,
    scaledObject: none,
    autoscaler: none,
    workload: none,
    requestsPerSecond: none,
    history: none,
    events: none,
  });
}

describe('SharedSnapshots', () => {
  it('takes one snapshot for each target', async () => {
    const taken: ScalingTarget[] = [];
    const shared = new SharedSnapshots({
      cacheSeconds: 60,
      take: async of => {
        taken.push(of);
        return snapshotOf(of);
      },
    });
    const other = { ...target, cluster: 'prod' };

    const [first, second, third] = await Promise.all([
      shared.of(target),
      shared.of({ ...target }),
      shared.of(other),
    ]);

    expect(second).toBe(first);
    expect(third.target).toEqual(other);
    expect(taken).toEqual([target, other]);
  });

  it('does not keep a failure', async () => {
    let attempts = 0;
    const shared = new SharedSnapshots({
      cacheSeconds: 60,
      take: async of => {
        attempts += 1;
        if (attempts === 1) {
          throw new Error('once');
        }
        return snapshotOf(of);
      },
    });

    await expect(shared.of(target)).rejects.toThrow('once');
    expect((await shared.of(target)).target).toEqual(target);
  });

  it('aborts what is under way when it is closed', async () => {
    let signal: AbortSignal | undefined;
    const take: TakeSnapshot = (_target, options) => {
      signal = options.signal;
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal?.reason)),
      );
    };
    const shared = new SharedSnapshots({ cacheSeconds: 60, take });
    const look = shared.of(target);

    shared.close();

    await expect(look).rejects.toThrow();
    expect(signal?.aborted).toBe(true);
  });
});
