import { StatusError } from '../model/StatusError';
import { ApiClient } from './__testUtils__/ApiClient';
import { startTestApi, type TestApi } from './__testUtils__/startTestApi';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('createApiServer', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(async () => await api.close());

  it('knows its clients by their certificate, on each of their connections', async () => {
    // The second connection resumes the session of the first.
    for (const path of ['/version', '/readyz', '/livez']) {
      const client = new ApiClient({
        port: api.server.port,
        ca: api.authority.caCertificate,
        cert: api.authority.admin.certificate,
        key: api.authority.admin.key,
      });
      await client.call(path);
      client.close();
      expect(api.asked.at(-1)).toMatchObject({
        path,
        user: { username: 'embedded-admin', groups: ['system:masters'] },
      });
    }
  });

  it('refuses what the authorizer does not allow, before it looks for it', async () => {
    api.refused.add('alice get configmaps');
    const { status, json } = await api.client.call(`${CONFIG_MAPS}/nope`, {
      headers: { authorization: 'Bearer alice' },
    });
    expect(status).toBe(403);
    expect(json).toMatchObject({
      message:
        'configmaps "nope" is forbidden: User "alice" cannot get resource "configmaps" in API group "" in the namespace "default"',
      details: { name: 'nope', kind: 'configmaps' },
    });
  });

  it.each([
    [
      'GET',
      `${CONFIG_MAPS}?watch=1`,
      { verb: 'watch', resource: 'configmaps' },
    ],
    ['DELETE', CONFIG_MAPS, { verb: 'deletecollection' }],
    ['GET', '/openapi/v3', { verb: 'get', path: '/openapi/v3' }],
    [
      'PATCH',
      '/apis/apps/v1/namespaces/a/deployments/b/scale',
      { verb: 'patch', group: 'apps', subresource: 'scale', name: 'b' },
    ],
  ])('asks for the right to %s %s', async (method, path, access) => {
    api.refused.add(`bob ${access.verb} configmaps`);
    await api.client.call(path, {
      method,
      headers: { authorization: 'Bearer bob' },
    });
    expect(api.asked.at(-1)).toMatchObject(access);
  });

  it.each([
    [{ host: 'evil.example' }, 'not to the host "evil.example"'],
    [{ origin: 'https://evil.example' }, 'serves no web pages'],
  ])('refuses a browser: %p', async (headers, message) => {
    const { status, json } = await api.client.call('/version', { headers });
    expect(status).toBe(403);
    expect(json.message).toContain(message);
  });

  it('says nothing of other origins to a preflight request', async () => {
    const { status, headers } = await api.client.call(CONFIG_MAPS, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('packs a long answer for those who can unpack it', async () => {
    await api.client.apply(`${CONFIG_MAPS}/long`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'long' },
      data: { text: 'a'.repeat(200_000) },
    });
    const packed = await api.client.call(`${CONFIG_MAPS}/long`, {
      headers: { 'accept-encoding': 'deflate, gzip' },
    });
    expect(packed.headers['content-encoding']).toBe('gzip');
    const plain = await api.client.call(`${CONFIG_MAPS}/long`);
    expect(plain.json.data.text).toHaveLength(200_000);
  });

  it('answers a defect with 500 and logs where it is', async () => {
    const broken = await startTestApi({
      printTable: () => {
        throw new Error('no paper');
      },
    });
    const { status, json } = await broken.client.call(CONFIG_MAPS, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    expect([status, json.reason, json.message]).toEqual([
      500,
      'InternalError',
      'Internal error occurred: no paper',
    ]);
    expect(broken.logged[0]).toContain(
      `api: GET ${CONFIG_MAPS} failed: Error: no paper`,
    );
    await broken.close();
  });

  it('sends whoever has to wait the time in a header', async () => {
    const busy = await startTestApi({
      authenticate: () => {
        throw new StatusError({
          code: 429,
          reason: 'TooManyRequests',
          message: 'later',
          details: { retryAfterSeconds: 3 },
        });
      },
    });
    const { status, headers } = await busy.client.call('/version');
    expect([status, headers['retry-after']]).toEqual([429, '3']);
    await busy.close();
  });

  it('waits for a request that runs, and at most two seconds for one that hangs', async () => {
    let release = () => {};
    const hanging = await startTestApi({
      authenticate: async ({ headers }) => {
        await new Promise<void>(resolve => {
          release = resolve;
          if (headers['x-short']) {
            setTimeout(resolve, 200);
          }
        });
        return { username: 'slow', groups: [] };
      },
    });
    const answered = hanging.client.call('/readyz', {
      headers: { 'x-short': 'yes' },
    });
    const cut = hanging.client.call('/readyz').catch(error => error);
    await new Promise(resolve => setTimeout(resolve, 100));
    const start = performance.now();
    await hanging.server.close();
    const took = performance.now() - start;
    expect((await answered).text).toBe('ok');
    expect(await cut).toMatchObject({ code: 'ECONNRESET' });
    expect(took).toBeGreaterThan(1_900);
    release();
    await hanging.close();
  });
});
