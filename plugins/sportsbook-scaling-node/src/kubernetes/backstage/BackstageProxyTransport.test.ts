import http from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import { BackstageRefusedError, ClusterUnreachableError } from '../../errors';
import {
  answerJson,
  HttpServer,
  startHttpServer,
} from '../__testUtils__/startHttpServer';
import { TransportRequest } from '../KubernetesTransport';
import { BackstageProxyTransport } from './BackstageProxyTransport';

const request: TransportRequest = {
  method: 'GET',
  path: '/version',
  timeoutSeconds: 5,
};

let server: HttpServer | undefined;

afterEach(async () => {
  await server?.stop();
});

/** A transport to a kubernetes backend that answers as the handler says. */
async function transportTo(
  handler: http.RequestListener,
  options: { onHold?: (message: string) => void } = {},
) {
  server = await startHttpServer(handler);
  const { url } = server;
  let issued = 0;
  return new BackstageProxyTransport({
    cluster: 'dev',
    discovery: {
      getBaseUrl: async plugin => `${url}/api/${plugin}`,
      getExternalBaseUrl: async plugin => `${url}/api/${plugin}`,
    },
    auth: mockServices.auth.mock({
      getOwnServiceCredentials: mockServices.auth().getOwnServiceCredentials,
      getPluginRequestToken: async ({ targetPluginId }) => {
        issued += 1;
        return { token: `${targetPluginId}-${issued}` };
      },
    }),
    ...options,
  });
}

it('asks for its cluster with a token of its own that no two calls share', async () => {
  const seen: (string | string[] | undefined)[][] = [];
  const transport = await transportTo(({ url, headers }, response) => {
    seen.push([
      url,
      headers.authorization,
      headers['backstage-kubernetes-cluster'],
      headers['accept-encoding'],
    ]);
    answerJson(response, {});
  });
  await transport.send(request);
  await transport.send(request);
  const path = '/api/kubernetes/proxy/version';
  expect(seen).toEqual([
    [path, 'Bearer kubernetes-1', 'dev', 'identity'],
    [path, 'Bearer kubernetes-2', 'dev', 'identity'],
  ]);
});

it('holds a call until Backstage serves again, with a new token each time', async () => {
  const tokens: (string | undefined)[] = [];
  const messages: string[] = [];
  const transport = await transportTo(
    ({ headers }, response) => {
      tokens.push(headers.authorization);
      if (tokens.length < 3) {
        const error = {
          name: 'ServiceUnavailableError',
          message: 'Service is shutting down',
        };
        answerJson(response, { error }, 503);
      } else {
        answerJson(response, { gitVersion: 'v1.36.3' });
      }
    },
    { onHold: message => messages.push(message) },
  );
  const answer = await transport.send(request);
  expect(JSON.parse(answer.text)).toEqual({ gitVersion: 'v1.36.3' });
  expect(new Set(tokens).size).toBe(3);
  expect(messages).toHaveLength(1);
});

it('hands on a 503 of the cluster, which is not Backstage’s', async () => {
  const transport = await transportTo((_, response) =>
    answerJson(
      response,
      { kind: 'Status', reason: 'ServiceUnavailable', code: 503 },
      503,
    ),
  );
  expect(await transport.send(request)).toMatchObject({ status: 503 });
});

it('says that it was Backstage who refused', async () => {
  const transport = await transportTo((_, response) =>
    answerJson(
      response,
      { error: { name: 'NotAllowedError', message: 'Unauthorized' } },
      403,
    ),
  );
  const sent = transport.send(request);
  await expect(sent).rejects.toThrow(BackstageRefusedError);
  await expect(sent).rejects.toThrow(
    'Backstage refused the call to cluster dev: NotAllowedError: Unauthorized',
  );
});

it('follows no redirect', async () => {
  const transport = await transportTo(({ url }, response) => {
    if (url?.endsWith('/version')) {
      response.writeHead(302, { Location: '/elsewhere' }).end();
    } else {
      answerJson(response, { followed: true });
    }
  });
  expect(await transport.send(request)).toMatchObject({ status: 302 });
});

it('gives up an attempt that takes too long', async () => {
  const transport = await transportTo(() => {});
  const sent = transport.send({ ...request, timeoutSeconds: 0.2 });
  await expect(sent).rejects.toThrow(ClusterUnreachableError);
  await expect(sent).rejects.toThrow(/did not answer: .*timeout/);
});

it('gives up a stream that does not start', async () => {
  const transport = await transportTo(() => {});
  await expect(
    transport.open({ ...request, timeoutSeconds: 0.2 }),
  ).rejects.toThrow(/did not answer: no answer within 0.2 s/);
});

it('lets a stream take longer than its start may', async () => {
  const transport = await transportTo((_, response) => {
    response.writeHead(200).write('first ');
    setTimeout(() => response.end('last'), 600);
  });
  const stream = await transport.open({ ...request, timeoutSeconds: 0.3 });
  const parts: string[] = [];
  for await (const chunk of stream.chunks) {
    parts.push(Buffer.from(chunk).toString());
  }
  expect(parts.join('')).toBe('first last');
});

it('tells a stream that breaks off from one that ends', async () => {
  const transport = await transportTo((_, response) => {
    response.writeHead(200).write('first');
    setTimeout(() => response.destroy(), 100);
  });
  const stream = await transport.open(request);
  const reading = (async () => {
    for await (const chunk of stream.chunks) {
      expect(Buffer.from(chunk).toString()).toBe('first');
    }
  })();
  await expect(reading).rejects.toThrow(ClusterUnreachableError);
});
