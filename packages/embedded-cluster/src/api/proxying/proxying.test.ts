import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import noEndpoints from '../__fixtures__/service-proxy-no-endpoints.json';
import noService from '../__fixtures__/service-proxy-no-service.json';
import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';

const SERVICES = '/api/v1/namespaces/default/services';
const PODS = '/api/v1/namespaces/default/pods';

describe('proxies and logs', () => {
  let api: TestApi;
  let backend: Server;

  beforeAll(async () => {
    api = await startTestApi();
    backend = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/broken') {
          response.writeHead(200, { 'content-length': '100' });
          response.write('begun');
          setTimeout(() => response.destroy(), 20);
          return;
        }
        response.writeHead(request.url === '/away' ? 302 : 201, {
          location: '/login',
          'x-own': 'yes',
        });
        response.end(
          JSON.stringify({
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
    });
    await new Promise<void>(resolve =>
      backend.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = backend.address() as AddressInfo;
    const address = { host: '127.0.0.1', port } as const;
    api.network.services.set('default/web:80', address);
    api.network.pods.set('10.42.0.9:8080', address);
    const service = (name: string, ports: unknown[]) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { app: name }, ports },
    });
    for (const body of [
      service('web', [{ name: 'http', port: 80 }]),
      service('prometheus-operated', [{ name: 'web', port: 9090 }]),
    ]) {
      await api.client.call(SERVICES, { method: 'POST', body });
    }
    await api.client.call('/api/v1/namespaces/default/serviceaccounts', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default' },
      },
    });
    await api.client.call(PODS, {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-1' },
        spec: { containers: [{ name: 'main', image: 'node:22-slim' }] },
      },
    });
    await api.client.call(`${PODS}/web-1/status`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: {
        status: { podIP: '10.42.0.9', podIPs: [{ ip: '10.42.0.9' }] },
      },
    });
  });
  afterAll(async () => {
    await api.close();
    await new Promise(resolve => backend.close(resolve));
  });

  it.each(['web:80', 'web:http', 'web', 'http:web:80'])(
    'reaches the Service by %s',
    async reference => {
      const { status, headers, json } = await api.client.call(
        `${SERVICES}/${reference}/proxy/api/v1/query?query=up%7B%7D`,
      );
      expect([status, headers['x-own']]).toEqual([201, 'yes']);
      expect(json).toMatchObject({
        method: 'GET',
        url: '/api/v1/query?query=up%7B%7D',
      });
    },
  );

  it('hands bodies on, but nothing that proves who asks', async () => {
    const { json } = await api.client.call(`${SERVICES}/web/proxy/post`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer alice',
        'impersonate-user': 'bob',
        'content-type': 'text/plain',
      },
      body: 'hello',
    });
    expect(json).toMatchObject({ method: 'POST', url: '/post', body: 'hello' });
    expect(json.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-forwarded-uri': `${SERVICES}/web/proxy/post`,
    });
    expect(json.headers).not.toHaveProperty('authorization');
    expect(json.headers).not.toHaveProperty('impersonate-user');
  });

  it('keeps redirects behind the proxy', async () => {
    const away = await api.client.call(`${SERVICES}/web:80/proxy/away`);
    expect([away.status, away.headers.location]).toEqual([
      302,
      `${SERVICES}/web:80/proxy/login`,
    ]);
    const root = await api.client.call(`${SERVICES}/web/proxy`);
    expect([root.status, root.headers.location]).toEqual([
      301,
      `${SERVICES}/web/proxy/`,
    ]);
  });

  it('reaches a pod', async () => {
    const { json } = await api.client.call(`${PODS}/web-1:8080/proxy/x`);
    expect(json.url).toBe('/x');
    const refused = await api.client.call(`${PODS}/web-1:9999/proxy/x`);
    expect([refused.status, refused.json.message]).toEqual([
      503,
      'error trying to reach service: dial tcp 10.42.0.9:9999: connect: connection refused',
    ]);
  });

  it('breaks off where the answer breaks off', async () => {
    await expect(
      api.client.call(`${SERVICES}/web/proxy/broken`),
    ).rejects.toThrow('aborted');
  });

  it('answers as a real server where nobody is ready', async () => {
    const { status, json } = await api.client.call(
      `${SERVICES}/prometheus-operated:9090/proxy/-/ready`,
    );
    expect([status, json]).toEqual([503, noEndpoints]);
  });

  it('answers as a real server where there is no Service', async () => {
    const { status, json } = await api.client.call(
      `${SERVICES}/nope:80/proxy/`,
    );
    expect([status, json]).toEqual([404, noService]);
  });

  it.each([
    ['web:81', 503, 'no service port 81 found for service "web"'],
    ['web:foo', 503, 'no endpoints available for service "web:foo"'],
    ['ftp:web:80', 400, 'invalid service request "ftp:web:80"'],
  ])('refuses %s', async (reference, code, message) => {
    const { status, json } = await api.client.call(
      `${SERVICES}/${reference}/proxy/`,
    );
    expect([status, json.message]).toEqual([code, message]);
  });

  it('reads the log of a pod, with what is asked of it', async () => {
    const { headers, text } = await api.client.call(
      `${PODS}/web-1/log?container=main&tailLines=5&timestamps=true&previous=false`,
    );
    expect([headers['content-type'], text]).toEqual([
      'text/plain',
      'one\ntwo\n',
    ]);
    expect(api.logRequests.at(-1)).toEqual({
      namespace: 'default',
      pod: 'web-1',
      container: 'main',
      tailLines: 5,
      timestamps: true,
      previous: false,
      follow: false,
    });
  });

  it.each([
    ['nope/log', 404, 'pods "nope" not found'],
    [
      'web-1/log?tailLines=-1',
      422,
      'PodLogOptions "web-1" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'web-1/log?sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
      422,
      'PodLogOptions "web-1" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('refuses the log %s', async (path, code, message) => {
    const { status, json } = await api.client.call(`${PODS}/${path}`);
    expect([status, json.message]).toEqual([code, message]);
  });
});
