import { type RunningService, startService } from './startService';

describe('the request metric', () => {
  let service: RunningService;
  beforeEach(async () => {
    service = await startService('pod');
  });
  afterEach(() => service.stop());

  /** Lines of the histogram's counter, without its buckets. */
  async function counts(): Promise<string[]> {
    const response = await fetch(`${service.url}/metrics`);
    const text = await response.text();
    return text
      .split('\n')
      .filter(line => line.startsWith('http_server_requests_seconds_count'));
  }

  it('starts at zero for the known route, so that calm is not read as an outage', async () => {
    expect(await counts()).toEqual([
      'http_server_requests_seconds_count{method="GET",uri="/api",status="200"} 0',
    ]);
  });

  it('counts each request by method, route and status', async () => {
    await fetch(`${service.url}/api?stake=10`);
    await fetch(`${service.url}/api`);
    expect(await counts()).toEqual([
      'http_server_requests_seconds_count{method="GET",uri="/api",status="200"} 2',
    ]);
  });

  it('counts all unknown paths as one', async () => {
    await fetch(`${service.url}/a`);
    await fetch(`${service.url}/b`);
    const unknown = (await counts()).filter(line => line.includes('UNKNOWN'));
    expect(unknown).toEqual([
      'http_server_requests_seconds_count{method="GET",uri="UNKNOWN",status="404"} 2',
    ]);
  });

  it('does not count probes and scrapes as load', async () => {
    await fetch(`${service.url}/healthz`);
    await fetch(`${service.url}/readyz`);
    await fetch(`${service.url}/metrics`);
    expect(await counts()).toEqual([
      'http_server_requests_seconds_count{method="GET",uri="/api",status="200"} 0',
    ]);
  });

  it('comes with the metrics of the process', async () => {
    const response = await fetch(`${service.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toContain('process_cpu_seconds_total');
  });
});
