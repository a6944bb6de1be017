import { KubernetesApiError } from '../errors';
import { FakeRetryClock } from './__testUtils__/FakeRetryClock';
import { withRetries } from './withRetries';

function busy(retryAfterSeconds?: number) {
  return new KubernetesApiError('busy', { status: 429, retryAfterSeconds });
}

/** Fails with the errors in turn, then succeeds. */
function failing(...errors: Error[]) {
  let attempts = 0;
  return {
    attempts: () => attempts,
    attempt: async () => {
      const error = errors[attempts];
      attempts += 1;
      if (error) {
        throw error;
      }
      return 'done';
    },
  };
}

describe('withRetries', () => {
  let clock: FakeRetryClock;
  const totalPause = () => clock.pauses.reduce((sum, ms) => sum + ms, 0);

  beforeEach(() => {
    clock = new FakeRetryClock();
  });

  it('tries again until it succeeds, after longer and longer pauses', async () => {
    const { attempt, attempts } = failing(busy(), busy(), busy());
    expect(await withRetries(attempt, { budgetSeconds: 10, clock })).toBe(
      'done',
    );
    expect(attempts()).toBe(4);
    expect(clock.pauses).toEqual([187.5, 375, 750]);
  });

  it('pauses at random, so that callers who failed together do not come back together', async () => {
    const pauseWith = async (random: number) => {
      const shaken = Object.assign(new FakeRetryClock(), {
        random: () => random,
      });
      const { attempt } = failing(busy());
      await withRetries(attempt, { budgetSeconds: 10, clock: shaken });
      return shaken.pauses;
    };
    expect([await pauseWith(0), await pauseWith(0.9)]).toEqual([
      [125],
      [237.5],
    ]);
  });

  it('waits at least as long as the server asks', async () => {
    const { attempt } = failing(busy(3));
    await withRetries(attempt, { budgetSeconds: 10, clock });
    expect(totalPause()).toBeGreaterThanOrEqual(3_000);
  });

  it('does not wait when the server asks for more than the budget', async () => {
    const { attempt, attempts } = failing(busy(60));
    await expect(
      withRetries(attempt, { budgetSeconds: 5, clock }),
    ).rejects.toThrow('busy');
    expect([attempts(), clock.pauses.length]).toEqual([1, 0]);
  });

  it('gives up with the last error when the budget is used up, and uses all of it', async () => {
    const { attempt, attempts } = failing(
      ...Array.from({ length: 99 }, (_, index) =>
        Object.assign(busy(), { message: `busy ${index + 1}` }),
      ),
    );
    const tried = withRetries(attempt, { budgetSeconds: 10, clock });
    await expect(tried).rejects.toMatchObject({
      message: expect.stringMatching(/^busy \d+$/),
    });
    await expect(tried).rejects.toThrow(`busy ${attempts()}`);
    expect(totalPause()).toBe(10_000);
  });

  it('counts the time of the attempts as well', async () => {
    let attempts = 0;
    const slow = async () => {
      attempts += 1;
      clock.advance(6_000);
      throw busy();
    };
    await expect(
      withRetries(slow, { budgetSeconds: 10, clock }),
    ).rejects.toThrow('busy');
    expect(attempts).toBe(2);
  });

  it('tries once without a budget, and once where trying again is no use', async () => {
    const without = failing(busy());
    await expect(
      withRetries(without.attempt, { budgetSeconds: 0, clock }),
    ).rejects.toThrow('busy');
    const invalid = failing(new KubernetesApiError('invalid', { status: 422 }));
    await expect(
      withRetries(invalid.attempt, { budgetSeconds: 10, clock }),
    ).rejects.toThrow('invalid');
    expect([without.attempts(), invalid.attempts()]).toEqual([1, 1]);
  });

  it('stops waiting with the reason of the signal', async () => {
    const controller = new AbortController();
    const { attempt, attempts } = failing(busy(30));
    // The real clock: what is aborted is its pause.
    const tried = withRetries(attempt, {
      budgetSeconds: 60,
      signal: controller.signal,
    });
    setImmediate(() => controller.abort(new Error('never mind')));
    await expect(tried).rejects.toThrow('never mind');
    expect(attempts()).toBe(1);
  });

  it('keeps the result of an attempt that succeeded while the signal was aborted', async () => {
    const controller = new AbortController();
    const written = await withRetries(
      async () => {
        controller.abort(new Error('never mind'));
        return 'written';
      },
      { budgetSeconds: 10, clock, signal: controller.signal },
    );
    expect(written).toBe('written');
  });
});
