import { KubernetesApiError } from '../errors';
import { withRetries } from './RetryPolicy';

function busy(retryAfterSeconds?: number) {
  return new KubernetesApiError('busy', { status: 429, retryAfterSeconds });
}

/** Fails with the errors in turn, then succeeds. */
function failing(...errors: Error[]) {
  const attempts: number[] = [];
  const attempt = async () => {
    attempts.push(performance.now());
    const error = errors[attempts.length - 1];
    if (error) {
      throw error;
    }
    return 'done';
  };
  return { attempt, attempts };
}

it('tries again until it succeeds', async () => {
  const { attempt, attempts } = failing(busy(), busy());
  expect(await withRetries(attempt, { budgetSeconds: 10 })).toBe('done');
  expect(attempts).toHaveLength(3);
});

it('waits at least as long as the server asks', async () => {
  const { attempt, attempts } = failing(busy(1));
  await withRetries(attempt, { budgetSeconds: 10 });
  expect(attempts[1] - attempts[0]).toBeGreaterThanOrEqual(990);
});

it('does not wait when the server asks for more than the budget', async () => {
  const { attempt, attempts } = failing(busy(60));
  const started = performance.now();
  await expect(withRetries(attempt, { budgetSeconds: 5 })).rejects.toThrow(
    'busy',
  );
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(attempts).toHaveLength(1);
});

it('gives up with the last error when the budget is used up', async () => {
  const { attempt, attempts } = failing(
    ...Array.from({ length: 99 }, () => busy()),
  );
  await expect(withRetries(attempt, { budgetSeconds: 1 })).rejects.toThrow(
    'busy',
  );
  expect(attempts.length).toBeGreaterThan(1);
});

it('tries once without a budget, and once where trying again is no use', async () => {
  const without = failing(busy());
  await expect(
    withRetries(without.attempt, { budgetSeconds: 0 }),
  ).rejects.toThrow('busy');
  const invalid = failing(new KubernetesApiError('invalid', { status: 422 }));
  await expect(
    withRetries(invalid.attempt, { budgetSeconds: 10 }),
  ).rejects.toThrow('invalid');
  expect([without.attempts.length, invalid.attempts.length]).toEqual([1, 1]);
});

it('stops waiting with the reason of the signal', async () => {
  const controller = new AbortController();
  const { attempt } = failing(busy(30));
  const tried = withRetries(attempt, {
    budgetSeconds: 60,
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error('never mind')), 100);
  await expect(tried).rejects.toThrow('never mind');
});
