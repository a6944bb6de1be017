/**
 * Tasks at a time. How many of their calls are under way is the client's to
 * say: it asks for less once the server is too busy. Each task holds its object
 * and what the server makes of it, so this bounds memory.
 */
const TASKS_AT_ONCE = 16;

/**
 * `Promise.all` over `items`, some at a time, in their order. After a failure no
 * further task begins, and those that run are waited for: nothing goes on
 * behind the caller's back.
 *
 * @remarks
 * Not p-limit, an ES module: jest fails where two calls import it at once.
 *
 * @throws what the first task that failed threw
 */
export async function mapInFlight<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const failures: unknown[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      try {
        results[index] = await task(item);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) {
        return;
      }
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(TASKS_AT_ONCE, items.length) }, work),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
  return results;
}
