import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('a watch', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(async () => await api.close());

  const apply = async (name: string, value = '1', labels = {}) =>
    await api.client.apply(`${CONFIG_MAPS}/${name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels },
      data: { value },
    });

  const brief = ({ type, object }: any) =>
    [type, object.metadata.name, object.data?.value].filter(
      part => part !== undefined,
    );

  async function take(events: AsyncGenerator<any>, count: number) {
    const taken = [];
    while (taken.length < count) {
      const next = await events.next();
      if (next.done) {
        break;
      }
      taken.push(next.value);
    }
    return taken;
  }

  it('sends what is there, then each change', async () => {
    await apply('a');
    const events = api.client.watch(`${CONFIG_MAPS}?watch=1`);
    expect((await take(events, 1)).map(brief)).toEqual([['ADDED', 'a', '1']]);
    await apply('a', '2');
    await api.client.call(`${CONFIG_MAPS}/a`, { method: 'DELETE' });
    expect((await take(events, 2)).map(brief)).toEqual([
      ['MODIFIED', 'a', '2'],
      ['DELETED', 'a', '2'],
    ]);
    await events.return(undefined);
  });

  it('goes on from a version, without what was before', async () => {
    await apply('a');
    const { json } = await api.client.call(CONFIG_MAPS);
    await apply('b');
    const events = api.client.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${json.metadata.resourceVersion}`,
    );
    expect((await take(events, 1)).map(brief)).toEqual([['ADDED', 'b', '1']]);
    await events.return(undefined);
  });

  it('tells a client of bookmarks when it has all there is', async () => {
    await apply('a');
    const events = api.client.watch(
      `${CONFIG_MAPS}?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
    );
    const [added, bookmark] = await take(events, 2);
    expect(brief(added)).toEqual(['ADDED', 'a', '1']);
    expect(bookmark).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: api.objects.resourceVersion(),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    await events.return(undefined);
  });

  it('sends a bookmark within a minute, and one when its time is up', async () => {
    await apply('a');
    const from = api.objects.resourceVersion();
    const events = api.client.watch(
      `${CONFIG_MAPS}?watch=1&allowWatchBookmarks=true&timeoutSeconds=90&resourceVersion=${from}`,
    );
    const pending = take(events, 3);
    while (api.clock.pending() < 2) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await apply('b');
    api.clock.advance(60_000);
    api.clock.advance(30_000);
    const received = await pending;
    expect(received.map(({ type }) => type)).toEqual([
      'ADDED',
      'BOOKMARK',
      'BOOKMARK',
    ]);
    expect(Number(received[2].object.metadata.resourceVersion)).toBeGreaterThan(
      Number(from),
    );
    expect((await events.next()).done).toBe(true);
  });

  it('names the columns of its tables once', async () => {
    await apply('a');
    await apply('b');
    const events = api.client.watch(`${CONFIG_MAPS}?watch=1`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    const [first, second] = await take(events, 2);
    expect(first.object).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }],
      rows: [{ cells: ['a'] }],
    });
    expect(second.object).toMatchObject({
      columnDefinitions: null,
      rows: [{ cells: ['b'] }],
    });
    await events.return(undefined);
  });

  it('tells of a version that is too old as an event', async () => {
    const closing = await startTestApi();
    const { objects } = closing;
    const watch = jest.spyOn(objects, 'watch');
    const { StatusError } = await import('../../model/StatusError');
    watch.mockImplementation(() => {
      throw new StatusError({
        code: 410,
        reason: 'Expired',
        message: 'too old resource version: 1 (5)',
      });
    });
    const events = closing.client.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=1`,
    );
    expect(await take(events, 2)).toMatchObject([
      {
        type: 'ERROR',
        object: { kind: 'Status', code: 410, reason: 'Expired' },
      },
    ]);
    await closing.close();
  });

  it('refuses initial events that may be of any age', async () => {
    const { status, json } = await api.client.call(
      `${CONFIG_MAPS}?watch=1&sendInitialEvents=true`,
    );
    expect([status, json.message]).toEqual([
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ]);
  });

  it('brings one write to each of a hundred watchers', async () => {
    const watches = Array.from({ length: 100 }, () =>
      api.client.watch(`${CONFIG_MAPS}?watch=1&labelSelector=fast`),
    );
    const waiting = watches.map(watch => take(watch, 1));
    await new Promise(resolve => setTimeout(resolve, 300));
    await apply('fast', '1', { fast: 'yes' });
    const received = (await Promise.all(waiting)).flat();
    expect(received).toHaveLength(100);
    expect(new Set(received.map(event => JSON.stringify(event))).size).toBe(1);
    await Promise.all(watches.map(watch => watch.return(undefined)));
  });

  it('ends when its client goes, and lets go of the objects', async () => {
    const before = api.clock.pending();
    const events = api.client.watch(`${CONFIG_MAPS}?watch=1`);
    const first = take(events, 1);
    await apply('a');
    await first;
    expect(api.clock.pending()).toBe(before + 1);
    await events.return(undefined);
    while (api.clock.pending() > before) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    expect(api.clock.pending()).toBe(before);
  });

  it('ends when the server closes, soon', async () => {
    const events = api.client.watch(`${CONFIG_MAPS}?watch=1`);
    const first = take(events, 2);
    await apply('a');
    const start = performance.now();
    await api.server.close();
    expect(performance.now() - start).toBeLessThan(1_500);
    expect((await first).map(brief)).toEqual([['ADDED', 'a', '1']]);
  });
});
