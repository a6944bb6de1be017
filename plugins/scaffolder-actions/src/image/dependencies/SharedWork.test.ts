import { SharedWork } from './SharedWork';

function work() {
  let finish: (value: string) => void = () => {};
  let signalOfWork: AbortSignal | undefined;
  const shared = new SharedWork<string>(signal => {
    signalOfWork = signal;
    return new Promise((resolve, reject) => {
      finish = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  });
  return {
    shared,
    finish: (value: string) => finish(value),
    isAborted: () => signalOfWork?.aborted,
  };
}

describe('SharedWork', () => {
  const { signal } = new AbortController();

  it('gives all who wait what was done once', async () => {
    const { shared, finish } = work();
    const waiting = [shared.wait({ signal }), shared.wait({ signal })];
    finish('done');
    expect(await Promise.all(waiting)).toEqual(['done', 'done']);
  });

  it('goes on while somebody waits, and is aborted when nobody does', async () => {
    const { shared, isAborted } = work();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [
      shared.wait({ signal: first.signal }),
      shared.wait({ signal: second.signal }),
    ];
    first.abort(new Error('cancelled'));
    await expect(waiting[0]).rejects.toThrow('cancelled');
    expect(isAborted()).toBe(false);
    expect(shared.isAbandoned).toBe(false);
    second.abort(new Error('too late'));
    await expect(waiting[1]).rejects.toThrow('too late');
    expect(isAborted()).toBe(true);
    expect(shared.isAbandoned).toBe(true);
    await shared.ended();
  });

  it('tells all who wait why it failed', async () => {
    const shared = new SharedWork(async () => {
      throw new Error('no network');
    });
    await expect(shared.wait({ signal })).rejects.toThrow('no network');
    await expect(shared.wait({ signal })).rejects.toThrow('no network');
  });
});
