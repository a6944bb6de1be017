import { mapInFlight } from './mapInFlight';

describe('mapInFlight', () => {
  it('keeps the order of the items, and runs at most six at a time', async () => {
    let running = 0;
    let most = 0;
    const results = await mapInFlight(
      Array.from({ length: 20 }, (_, index) => index),
      async item => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setTimeout(resolve, 20 - item));
        running -= 1;
        return item * 2;
      },
    );
    expect(results).toEqual(
      Array.from({ length: 20 }, (_, index) => index * 2),
    );
    expect(most).toBe(6);
  });

  it('rejects with the first failure', async () => {
    await expect(
      mapInFlight([1, 2], async item => {
        throw new Error(`no ${item}`);
      }),
    ).rejects.toThrow('no 1');
  });
});
