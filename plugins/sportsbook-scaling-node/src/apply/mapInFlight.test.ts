import { setImmediate } from 'node:timers/promises';
import { mapInFlight } from './mapInFlight';

const numbers = (length: number) => Array.from({ length }, (_, i) => i);

describe('mapInFlight', () => {
  it('keeps the order of the items, and runs at most sixteen at a time', async () => {
    let running = 0;
    let most = 0;
    const results = await mapInFlight(numbers(40), async item => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 40 - item; turn += 1) {
        await setImmediate();
      }
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual(numbers(40).map(item => item * 2));
    expect(most).toBe(16);
  });

  it('rejects with the first failure, begins nothing more, and leaves nothing running', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    await expect(
      mapInFlight(numbers(40), async item => {
        begun.push(item);
        await setImmediate();
        if (item === 3) {
          throw new Error(`no ${item}`);
        }
        await setImmediate();
        ended.push(item);
      }),
    ).rejects.toThrow('no 3');
    expect(begun).toEqual(numbers(16));
    expect(ended).toEqual(numbers(16).filter(item => item !== 3));
  });
});
