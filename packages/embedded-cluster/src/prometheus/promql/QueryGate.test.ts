import { PromqlTimeoutError } from './PromqlError';
import { QueryGate } from './QueryGate';

const never = new AbortController().signal;

/** A query that ends when it is told to. */
function heldQuery() {
  let end = () => {};
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  return { end, query: () => ended };
}

/** Lets everything go on that can. */
const settled = () => new Promise<void>(resolve => setImmediate(resolve));

describe('QueryGate', () => {
  it('lets the next query in when one ends, in the order in which they came', async () => {
    const gate = new QueryGate(2);
    const held = [heldQuery(), heldQuery()];
    const runs = held.map(({ query }) => gate.run(query, never));
    const seen: string[] = [];
    const others = ['a', 'b'].map(name =>
      gate.run(() => seen.push(name), never),
    );
    await settled();
    expect(seen).toEqual([]);
    held[1].end();
    await Promise.all(others);
    expect(seen).toEqual(['a', 'b']);
    held[0].end();
    await Promise.all(runs);
  });

  it('gives the place back of a query that fails', async () => {
    const gate = new QueryGate(1);
    await expect(
      gate.run(() => {
        throw new Error('no');
      }, never),
    ).rejects.toThrow('no');
    expect(await gate.run(() => 7, never)).toBe(7);
  });

  it('lets those go who wait too long, and not those in front of them', async () => {
    const gate = new QueryGate(1);
    const { end, query } = heldQuery();
    const first = gate.run(query, never);
    const impatient = new AbortController();
    const second = gate.run(() => 2, impatient.signal);
    const third = gate.run(() => 3, never);
    impatient.abort();
    await expect(second).rejects.toThrow(
      new PromqlTimeoutError('query timed out in query queue'),
    );
    end();
    await first;
    expect(await third).toBe(3);
  });
});
