import { systemClock } from '../model/Clock';
import { Reconciler } from './Reconciler';

function build(
  reconcile: (key: string) => void | { againAfterMilliseconds: number },
) {
  const errors: unknown[] = [];
  const reconciler = new Reconciler({
    name: 'test',
    clock: systemClock,
    reconcile,
    onError: (_, error) => errors.push(error),
    firstBackoffMilliseconds: 5,
  });
  return { reconciler, errors };
}

describe('Reconciler', () => {
  it('works once on a key that is put in several times', async () => {
    const seen: string[] = [];
    const { reconciler } = build(key => {
      seen.push(key);
    });
    reconciler.enqueue('a');
    reconciler.enqueue('b');
    reconciler.enqueue('a');
    await reconciler.idle();
    expect(seen).toEqual(['a', 'b']);
  });

  it('works again on a key that comes back while it is worked on', async () => {
    const seen: string[] = [];
    const { reconciler } = build(key => {
      seen.push(key);
      if (seen.length === 1) {
        reconciler.enqueue('a');
      }
    });
    reconciler.enqueue('a');
    await reconciler.idle();
    expect(seen).toEqual(['a', 'a']);
  });

  it('tries again after an error, later each time', async () => {
    let calls = 0;
    const { reconciler, errors } = build(() => {
      calls += 1;
      if (calls < 3) {
        throw new Error(`no ${calls}`);
      }
    });
    reconciler.enqueue('a');
    while (calls < 3) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await reconciler.stop();
    expect(errors).toEqual([new Error('no 1'), new Error('no 2')]);
  });

  it('works on nothing after it was stopped', async () => {
    let calls = 0;
    const { reconciler } = build(() => {
      calls += 1;
      return { againAfterMilliseconds: 1 };
    });
    reconciler.enqueue('a');
    await reconciler.idle();
    await reconciler.stop();
    const then = calls;
    reconciler.enqueue('a');
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(calls).toBe(then);
  });
});
