import { parsePrometheusConfig } from '../config/parsePrometheusConfig';
import { prepareRelabeling } from '../relabel/relabel';
import { scrapeTarget } from './scrapeTarget';

function outcomeOf(settings: string, labels: Record<string, string>) {
  const [config] = parsePrometheusConfig(
    `scrape_configs:\n- job_name: api\n${settings}`,
  ).scrape_configs;
  return scrapeTarget(
    config,
    prepareRelabeling(config.relabel_configs),
    labels,
  );
}

describe('scrapeTarget', () => {
  it('makes the address, the first values of parameters from labels, the others from the configuration', () => {
    expect(
      outcomeOf(
        '  params: {module: [http, tcp], b: [x]}\n  metrics_path: probe',
        {
          __address__: '10.42.0.7:8080',
          __param_b: 'y',
          __meta_kubernetes_x: 'z',
        },
      ),
    ).toMatchObject({
      status: 'active',
      target: {
        url: 'http://10.42.0.7:8080/probe?b=y&module=http&module=tcp',
        labels: new Map([
          ['instance', '10.42.0.7:8080'],
          ['job', 'api'],
        ]),
        intervalMilliseconds: 60_000,
        timeoutMilliseconds: 10_000,
      },
    });
  });

  it('lets relabeling change interval, path, scheme and instance', () => {
    expect(
      outcomeOf(
        `  relabel_configs:
  - {target_label: __scrape_interval__, replacement: 7s}
  - {target_label: __scrape_timeout__, replacement: 5s}
  - {target_label: __metrics_path__, replacement: /m}
  - {target_label: __scheme__, replacement: https}
  - {target_label: instance, replacement: me}`,
        { __address__: '10.42.0.7:8080' },
      ),
    ).toMatchObject({
      status: 'active',
      target: {
        url: 'https://10.42.0.7:8080/m',
        labels: new Map([
          ['instance', 'me'],
          ['job', 'api'],
        ]),
        intervalMilliseconds: 7000,
        timeoutMilliseconds: 5000,
      },
    });
  });

  it.each([
    ['no address', {}, 'dropped'],
    ['a path in the address', { __address__: 'a/b' }, 'invalid'],
    ['a port that is none', { __address__: 'a:b' }, 'invalid'],
    [
      'a timeout above the interval',
      { __address__: 'a:1', __scrape_timeout__: '2m' },
      'invalid',
    ],
  ] satisfies [string, Record<string, string>, string][])(
    'does not scrape with %s',
    (_, labels, status) => {
      expect(outcomeOf('', labels).status).toBe(status);
    },
  );
});
