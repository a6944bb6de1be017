import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { REQUESTS_PER_CONNECTION } from '../src/recycleConnections';
import { type RunningService, startService } from './startService';

async function ask(url: string, agent: Agent): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  await once(response, 'end');
  return response;
}

describe('a connection', () => {
  let service: RunningService;
  let agent: Agent;
  beforeEach(async () => {
    service = await startService('odds-7d9c-x2x4z');
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    await service.stop();
  });

  it('ends with its hundredth answer, and the next request opens another', async () => {
    let opened = 0;
    service.server.on('connection', () => {
      opened += 1;
    });
    for (let request = 1; request < REQUESTS_PER_CONNECTION; request += 1) {
      const response = await ask(`${service.url}/api`, agent);
      expect(response.headers.connection).toBe('keep-alive');
    }
    const last = await ask(`${service.url}/api`, agent);
    expect(last.statusCode).toBe(200);
    expect(last.headers.connection).toBe('close');
    expect(opened).toBe(1);

    const next = await ask(`${service.url}/api`, agent);
    expect(next.statusCode).toBe(200);
    expect(opened).toBe(2);
  });
});
