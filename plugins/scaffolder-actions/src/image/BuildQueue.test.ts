import { BuildQueue } from './BuildQueue';

function build() {
  let end: () => void = () => {};
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  return { end, ended };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

describe('BuildQueue', () => {
  const { signal } = new AbortController();

  it('runs as many at the same time as it may, and the others in their order', async () => {
    const queue = new BuildQueue(2);
    const builds = [build(), build(), build(), build()];
    const began: number[] = [];
    const waited: (number | undefined)[] = [];
    const runs = builds.map(({ ended }, index) =>
      queue.run(
        () => {
          began.push(index);
          return ended;
        },
        { signal, onWait: before => waited.push(before) },
      ),
    );
    await turn();
    expect(began).toEqual([0, 1]);
    expect(waited).toEqual([0, 1]);
    builds[1].end();
    await turn();
    expect(began).toEqual([0, 1, 2]);
    builds[0].end();
    builds[2].end();
    await turn();
    expect(began).toEqual([0, 1, 2, 3]);
    builds[3].end();
    await Promise.all(runs);
  });

  it('gives the place of a build that failed to the next one', async () => {
    const queue = new BuildQueue(1);
    await expect(
      queue.run(
        async () => {
          throw new Error('does not compile');
        },
        { signal },
      ),
    ).rejects.toThrow('does not compile');
    expect(await queue.run(async () => 'built', { signal })).toBe('built');
  });

  it('forgets who does not want to wait any longer', async () => {
    const queue = new BuildQueue(1);
    const first = build();
    const controller = new AbortController();
    const running = queue.run(() => first.ended, { signal });
    const impatient = queue.run(async () => 'built', {
      signal: controller.signal,
    });
    const patient = queue.run(async () => 'built', { signal });
    controller.abort(new Error('cancelled'));
    await expect(impatient).rejects.toThrow('cancelled');
    first.end();
    await running;
    expect(await patient).toBe('built');
  });
});
