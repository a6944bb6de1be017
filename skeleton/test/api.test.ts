import { type RunningService, startService } from './startService';

describe('the API', () => {
  let service: RunningService;
  beforeEach(async () => {
    service = await startService('odds-7d9c-x2x4z');
  });
  afterEach(() => service.stop());

  it('says hello with the name of its pod', async () => {
    const response = await fetch(`${service.url}/api`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('Hello from odds-7d9c-x2x4z\n');
  });

  it('names what it does not have', async () => {
    const response = await fetch(`${service.url}/no-such-path`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: 'There is no GET /no-such-path',
    });
  });

  it('is alive and ready', async () => {
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  });

  it('keeps an idle connection longer than load balancers do', () => {
    expect(service.server.keepAliveTimeout).toBe(65_000);
  });
});
