/**
 * Calls to one API server at a time. Measured on two cores, more of them gain
 * little, and each opens a connection of its own through Backstage's proxy.
 */
const REQUESTS_IN_FLIGHT = 6;

/**
 * `Promise.all` over `items`, a few at a time, in their order.
 *
 * @remarks
 * Not p-limit, an ES module: jest fails where two calls import it at once.
 */
export async function mapInFlight<T, R>(
  items: T[],
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      results[index] = await task(item);
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_IN_FLIGHT }, work));
  return results;
}
