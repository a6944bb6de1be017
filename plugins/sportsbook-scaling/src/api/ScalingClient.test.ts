/**
 * @jest-environment node
 */
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { prometheusDown, underLoad } from '../__fixtures__/snapshots';
import { ScalingClient } from './ScalingClient';

describe('ScalingClient', () => {
  let server: Server;
  let client: ScalingClient;
  let answer: { status: number; body: string };
  let asked: IncomingMessage[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new ScalingClient({
      discoveryApi: {
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${port}/api/${pluginId}`,
      },
      fetchApi: { fetch },
    });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('reads the snapshot of an entity from the scaling backend', async () => {
    answer = { status: 200, body: JSON.stringify(underLoad) };
    await expect(
      client.getSnapshot('component:default/odds-api'),
    ).resolves.toEqual(underLoad);
    expect(asked[0].url).toBe(
      '/api/sportsbook-scaling/v1/entities/component/default/odds-api/snapshot',
    );
  });

  it('reads snapshots with sources that failed', async () => {
    answer = { status: 200, body: JSON.stringify(prometheusDown) };
    await expect(
      client.getSnapshot('component:default/odds-api'),
    ).resolves.toEqual(prometheusDown);
  });

  it('keeps each part of the ref within its place in the path', async () => {
    answer = { status: 200, body: JSON.stringify(underLoad) };
    await client.getSnapshot('component:default/a%2Fb?c');
    expect(asked[0].url).toContain('/default/a%252Fb%3Fc/snapshot');
  });

  it("throws the backend's error with its status and message", async () => {
    answer = {
      status: 403,
      body: JSON.stringify({
        error: { name: 'NotAllowedError', message: 'not yours' },
        response: { statusCode: 403 },
      }),
    };
    await expect(
      client.getSnapshot('component:default/odds-api'),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
      cause: { name: 'NotAllowedError', message: 'not yours' },
    });
  });

  it.each([
    ['another shape', JSON.stringify({ ...underLoad, verdict: 'fine' })],
    ['a page instead of JSON', '<!doctype html>'],
  ])('says so when the answer is %s', async (_case, body) => {
    answer = { status: 200, body };
    await expect(
      client.getSnapshot('component:default/odds-api'),
    ).rejects.toMatchObject({
      name: 'SnapshotFormatError',
      message: expect.stringContaining('component:default/odds-api'),
    });
  });

  it('stops asking when it is aborted', async () => {
    answer = { status: 200, body: JSON.stringify(underLoad) };
    await expect(
      client.getSnapshot('component:default/odds-api', {
        signal: AbortSignal.abort(new Error('not interested any more')),
      }),
    ).rejects.toThrow('not interested any more');
    expect(asked).toHaveLength(0);
  });
});
