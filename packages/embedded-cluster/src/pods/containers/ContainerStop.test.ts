import { ManualClock } from '../../__testUtils__/ManualClock';
import { clockSleep } from '../clockSleep';
import { ContainerStop } from './ContainerStop';
import type { ContainerExit } from './RunningContainer';

function stopping(endsOnTerm: boolean) {
  const clock = new ManualClock();
  const begun = clock.now();
  const signals: string[] = [];
  let end: (exit: ContainerExit) => void = () => undefined;
  const exited = new Promise<ContainerExit>(resolve => {
    end = resolve;
  });
  const stop = new ContainerStop(clock, {
    exited,
    kill: signal => {
      signals.push(`${(clock.now() - begun) / 1_000}s ${signal}`);
      if (endsOnTerm || signal === 'SIGKILL') {
        end({ exitCode: 0 });
      }
    },
  });
  const hook = (milliseconds: number) => (signal: AbortSignal) =>
    clockSleep(clock, milliseconds, signal).catch(() => undefined);
  return { clock, signals, stop, hook };
}

describe('ContainerStop', () => {
  it('lets a container end by itself', async () => {
    const { clock, signals, stop } = stopping(true);
    await stop.begin(30);
    await clock.advanceSettling(60_000);
    expect(signals).toEqual(['0s SIGTERM']);
  });

  it('counts the hook into the grace period', async () => {
    const { clock, signals, stop, hook } = stopping(false);
    const done = stop.begin(30, hook(10_000));
    await clock.advanceSettling(60_000);
    await done;
    expect(signals).toEqual(['10s SIGTERM', '30s SIGKILL']);
  });

  it('leaves two seconds to a container whose hook took all the time but a little', async () => {
    const { clock, signals, stop, hook } = stopping(false);
    const done = stop.begin(10, hook(9_500));
    await clock.advanceSettling(60_000);
    await done;
    expect(signals).toEqual(['9.5s SIGTERM', '11.5s SIGKILL']);
  });

  it('kills during a hook that takes too long', async () => {
    const { clock, signals, stop, hook } = stopping(false);
    const done = stop.begin(5, hook(60_000));
    await clock.advanceSettling(6_000);
    await done;
    expect(signals[0]).toBe('5s SIGKILL');
  });

  it('becomes more impatient, never less', async () => {
    const { clock, signals, stop } = stopping(false);
    const done = stop.begin(30);
    await clock.advanceSettling(2_000);
    stop.shorten(60);
    stop.shorten(1);
    await clock.advanceSettling(1_000);
    await done;
    expect(signals).toEqual(['0s SIGTERM', '3s SIGKILL']);
  });
});
