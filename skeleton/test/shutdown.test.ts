import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { shutdown } from '../src/shutdown';
import { type RunningService, startService } from './startService';

/** With a connection that is kept open, as real clients have one. */
function request(
  url: string,
  agent: Agent,
): Promise<{ status?: number; connection?: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, response => {
      response.resume();
      response.once('end', () =>
        resolve({
          status: response.statusCode,
          connection: response.headers.connection,
        }),
      );
    }).once('error', reject);
  });
}

describe('the shutdown', () => {
  let service: RunningService;
  let agent: Agent;
  beforeEach(async () => {
    service = await startService('pod');
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    if (service.server.listening) {
      await service.stop();
    }
  });

  it('turns unready, serves on and asks clients to leave, then closes', async () => {
    const before = await request(`${service.url}/api`, agent);
    expect(before).toEqual({ status: 200, connection: 'keep-alive' });

    const ended = shutdown({ ...service, drainMilliseconds: 300 });

    expect(await request(`${service.url}/readyz`, agent)).toEqual({
      status: 503,
      connection: 'close',
    });
    expect(await request(`${service.url}/api`, agent)).toEqual({
      status: 200,
      connection: 'close',
    });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);

    await ended;
    await expect(request(`${service.url}/api`, agent)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  it('does not wait for connections that are idle', async () => {
    await request(`${service.url}/api`, agent);
    const ended = shutdown({ ...service, drainMilliseconds: 0 });
    const first = await Promise.race([
      ended.then(() => 'ended'),
      sleep(2_000, 'still open', { ref: false }),
    ]);
    expect(first).toBe('ended');
  });
});
