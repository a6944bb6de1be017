import { composeSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { SharedSnapshots, TakeSnapshot } from './SharedSnapshots';
import { SnapshotSubject } from '../SnapshotSubject';

const subject: SnapshotSubject = {
  entityRef: 'component:default/odds-api',
  target: { cluster: 'dev', namespace: 'betting', scaledObject: 'odds-api' },
};

function snapshotOf({ target }: SnapshotSubject) {
  const none = { status: 'absent', message: 'none', since: 1 } as const;
  return composeSnapshot({
    target,
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
  it('takes one snapshot for each entity and target', async () => {
    const taken: SnapshotSubject[] = [];
    const shared = new SharedSnapshots({
      cacheSeconds: 60,
      take: async of => {
        taken.push(of);
        return snapshotOf(of);
      },
    });
    const moved = {
      ...subject,
      target: { ...subject.target, cluster: 'prod' },
    };
    const foreign = { ...subject, entityRef: 'component:default/other' };

    const [first, second, third, fourth] = await Promise.all([
      shared.of(subject),
      shared.of({ ...subject }),
      shared.of(moved),
      shared.of(foreign),
    ]);

    expect(second).toBe(first);
    expect(third.target).toEqual(moved.target);
    expect(fourth).not.toBe(first);
    expect(taken).toEqual([subject, moved, foreign]);
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

    await expect(shared.of(subject)).rejects.toThrow('once');
    expect((await shared.of(subject)).target).toEqual(subject.target);
  });

  it('aborts what is under way when it is closed', async () => {
    let signal: AbortSignal | undefined;
    const take: TakeSnapshot = (_subject, options) => {
      signal = options.signal;
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal?.reason)),
      );
    };
    const shared = new SharedSnapshots({ cacheSeconds: 60, take });
    const look = shared.of(subject);

    shared.close();

    await expect(look).rejects.toThrow();
    expect(signal?.aborted).toBe(true);
  });
});
