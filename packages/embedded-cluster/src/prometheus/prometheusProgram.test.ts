import { z } from 'zod';
import { recordedOwnPrometheus } from './__testUtils__/recordings';
import {
  endpointSlice,
  NAMESPACE,
  prometheusPod,
  service,
  TestCluster,
} from './__testUtils__/TestCluster';
import { prometheusProgram } from './prometheusProgram';

const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        health: z.string(),
        lastError: z.string(),
        scrapeUrl: z.string(),
      }),
    ),
  }),
});
const vectorSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** As the operator writes it, for the namespace and the Service of the test, scraping each second. */
const CONFIG = recordedOwnPrometheus()
  .secret.replaceAll('ec-prometheus', NAMESPACE)
  .replaceAll('sb-api', 'odds-api')
  .replaceAll('scrape_interval: 5s', 'scrape_interval: 1s');

let cluster: TestCluster;
let url: string;

async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${url}/api/v1/${path}`);
  return schema.parse(await response.json());
}

async function targets() {
  return (await get('targets?state=active', targetsSchema)).data.activeTargets;
}

async function vector(query: string) {
  const { data } = await get(
    `query?${new URLSearchParams({ query })}`,
    vectorSchema,
  );
  return data.result;
}

/** Asks again until an answer fits, for at most ten seconds. */
async function eventually<T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer) || Date.now() > deadline) {
      return answer;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function exposeHits(address: string): Promise<void> {
  let hits = 0;
  await cluster.listen(address, (_, response) => {
    hits += 10;
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    response.end(`# TYPE hits_total counter\nhits_total{job="own"} ${hits}\n`);
  });
}

beforeEach(async () => {
  cluster = new TestCluster();
  await cluster.open();
  cluster.create(service());
  cluster.createPod('odds-api-a', '10.42.0.7');
  cluster.createPod('odds-api-b', '10.42.0.8');
});

afterEach(() => cluster.close());

describe('prometheusProgram', () => {
  it('runs in the place of the Prometheus of the operator’s pods, and of nothing else', () => {
    const program = prometheusProgram({
      objects: cluster.objects,
      authorizer: { authorize: () => ({ allowed: true, reason: '' }) },
      clock: { now: () => 0, after: () => () => {} },
      network: { fetch },
    });
    const runs = (image: string, pod = prometheusPod()) =>
      program.runs({ image }, pod);
    expect(runs('quay.io/prometheus/prometheus:v3.13.1')).toBe(true);
    expect(
      runs('quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0'),
    ).toBe(false);
    expect(runs('prometheus:v3', service())).toBe(false);
  });

  it('scrapes the pods that the operator’s configuration leads to', async () => {
    await exposeHits('10.42.0.7:8080');
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret(CONFIG));
    url = await cluster.startPrometheus();
    const [hits] = await eventually(
      () => vector('hits_total'),
      found => found.length > 0,
    );
    expect(hits.metric).toEqual({
      __name__: 'hits_total',
      job: 'odds-api',
      exported_job: 'own',
      instance: '10.42.0.7:8080',
      namespace: NAMESPACE,
      pod: 'odds-api-a',
      container: 'api',
      service: 'odds-api',
      endpoint: 'http',
    });
    expect(await targets()).toEqual([
      {
        health: 'up',
        lastError: '',
        scrapeUrl: 'http://10.42.0.7:8080/metrics',
        labels: {
          job: 'odds-api',
          instance: '10.42.0.7:8080',
          namespace: NAMESPACE,
          pod: 'odds-api-a',
          container: 'api',
          service: 'odds-api',
          endpoint: 'http',
        },
      },
    ]);
    const rate = await eventually(
      () => vector('rate(hits_total[10s])'),
      found => found.length > 0,
    );
    expect(Number(rate[0].value[1])).toBeGreaterThan(0);
  });

  it('follows pods that come and go', async () => {
    await exposeHits('10.42.0.7:8080');
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret(CONFIG));
    url = await cluster.startPrometheus();
    await eventually(targets, found => found[0]?.health === 'up');
    await exposeHits('10.42.0.8:8080');
    cluster.replace(
      endpointSlice({ 'odds-api-a': '10.42.0.7', 'odds-api-b': '10.42.0.8' }),
    );
    const two = await eventually(
      targets,
      found => found.filter(({ health }) => health === 'up').length === 2,
    );
    expect(two.map(({ labels }) => labels.pod).sort()).toEqual([
      'odds-api-a',
      'odds-api-b',
    ]);
    cluster.replace(endpointSlice({ 'odds-api-b': '10.42.0.8' }));
    const one = await eventually(
      () => vector('hits_total'),
      found => found.length === 1,
    );
    expect(one[0].metric.pod).toBe('odds-api-b');
  });

  it('takes a changed configuration over, and keeps the one before when it cannot', async () => {
    await exposeHits('10.42.0.7:8080');
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret('global: {}'));
    url = await cluster.startPrometheus();
    expect(await targets()).toEqual([]);
    cluster.replace(cluster.configSecret(CONFIG));
    await eventually(targets, found => found.length === 1);
    cluster.replace(cluster.configSecret('remote_write: [{url: http://x}]'));
    await eventually(
      async () => cluster.log.join('\n'),
      log => log.includes('remote_write'),
    );
    expect(cluster.log.join('\n')).toMatch(
      /level=ERROR msg="Error reloading config" err=.*remote_write/,
    );
    expect(await targets()).toHaveLength(1);
  });

  it('finds nothing without the rights to, says so once, and goes on when it gets them', async () => {
    await exposeHits('10.42.0.7:8080');
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret(CONFIG));
    cluster.forbidden.add('services');
    url = await cluster.startPrometheus();
    const complaint =
      'failed to list *v1.Service: services is forbidden: User \\"system:serviceaccount:betting:prometheus-own\\" cannot list resource \\"services\\" in API group \\"\\" in the namespace \\"betting\\"';
    await eventually(
      async () => cluster.log.join('\n'),
      log => log.includes(complaint),
    );
    expect(await targets()).toEqual([]);
    cluster.forbidden.clear();
    await eventually(targets, found => found.length === 1);
    expect(cluster.log.filter(line => line.includes(complaint))).toHaveLength(
      1,
    );
    expect(cluster.asked).toContainEqual({
      user: {
        username: 'system:serviceaccount:betting:prometheus-own',
        groups: [
          'system:serviceaccounts',
          'system:serviceaccounts:betting',
          'system:authenticated',
        ],
      },
      verb: 'watch',
      group: 'discovery.k8s.io',
      resource: 'endpointslices',
      namespace: NAMESPACE,
    });
  });

  it('says why a target is down, in the words of a real one', async () => {
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret(CONFIG));
    url = await cluster.startPrometheus();
    const [down] = await eventually(
      targets,
      found => found[0]?.health === 'down',
    );
    expect(down.lastError).toBe(
      'Get "http://10.42.0.7:8080/metrics": dial tcp 10.42.0.7:8080: connect: connection refused',
    );
    const [up] = await vector('up{pod="odds-api-a"}');
    expect(up.value[1]).toBe('0');
  });

  it('stops answering and scraping when it is stopped', async () => {
    await exposeHits('10.42.0.7:8080');
    cluster.create(endpointSlice({ 'odds-api-a': '10.42.0.7' }));
    cluster.create(cluster.configSecret(CONFIG));
    url = await cluster.startPrometheus();
    await eventually(targets, found => found[0]?.health === 'up');
    await cluster.stopPrometheus();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(cluster.log.at(-1)).toContain('See you next time!');
  });
});
