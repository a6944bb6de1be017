import { parse } from 'yaml';
import { recordedOwnPrometheus } from '../__testUtils__/recordings';
import { describeConfig } from './describeConfig';
import { formatDuration, parseDuration } from './duration';
import { notRunBy, parsePrometheusConfig } from './parsePrometheusConfig';

const recorded = recordedOwnPrometheus();
/** As the pod's config reloader fills it in. */
const OPERATED = recorded.secret
  .replaceAll('$(POD_NAME)', 'prometheus-own-0')
  .replaceAll('$(SHARD)', '0');

describe('parsePrometheusConfig', () => {
  it('understands what the operator writes, and tells it as a real one does', () => {
    const told = describeConfig(parsePrometheusConfig(OPERATED));
    // Sections about Go and about storage on disk, of which there is nothing here.
    const { runtime, otlp, storage, ...theirs } = parse(recorded.statusConfig);
    const { storage: ownStorage, ...ours } = parse(told);
    expect(ours).toEqual(theirs);
    expect(ownStorage.tsdb.retention).toEqual(storage.tsdb.retention);
    const upTo = recorded.statusConfig.indexOf('runtime:');
    expect(told.slice(0, upTo)).toBe(recorded.statusConfig.slice(0, upTo));
  });

  it('is the same when it reads what it has told', () => {
    const once = describeConfig(parsePrometheusConfig(OPERATED));
    expect(describeConfig(parsePrometheusConfig(once))).toBe(once);
  });

  it('fills in what a scrape configuration does not say from the global section', () => {
    const [scrape] = parsePrometheusConfig(
      'global: {scrape_interval: 7s, sample_limit: 5}\nscrape_configs: [{job_name: a}]',
    ).scrape_configs;
    expect(scrape).toMatchObject({
      scrape_interval: '7s',
      scrape_timeout: '7s',
      sample_limit: 5,
      metrics_path: '/metrics',
      scheme: 'http',
      honor_labels: false,
    });
  });

  it.each([
    ['remote_write: [{url: http://x}]', 'remote_write'],
    ['scrape_configs: [{job_name: a, basic_auth: {}}]', 'basic_auth'],
    [
      'scrape_configs: [{job_name: a, scrape_native_histograms: true}]',
      'scrape_configs.0.scrape_native_histograms',
    ],
    [
      'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: node}]}]',
      'kubernetes_sd_configs.0.role',
    ],
    ['scrape_configs: [{job_name: a, scrape_interval: 5}]', 'scrape_interval'],
    [
      'scrape_configs: [{job_name: a, scrape_interval: 5s, scrape_timeout: 6s}]',
      'scrape timeout greater than scrape interval',
    ],
    ['scrape_configs: [{job_name: a}, {job_name: a}]', 'job name "a"'],
    [
      "scrape_configs: [{job_name: a, relabel_configs: [{target_label: b, regex: '('}]}]",
      'missing closing )',
    ],
    ['[a, b', 'no YAML'],
    ['7', 'Invalid input'],
  ])('refuses %s by name', (text, reason) => {
    expect(() => parsePrometheusConfig(text)).toThrow(reason);
  });

  it('names the parts that it reads but does not run', () => {
    expect(
      notRunBy(
        parsePrometheusConfig(
          'rule_files: [/etc/a.yaml]\nalerting: {alertmanagers: [{}]}',
        ),
      ),
    ).toEqual(['rule_files', 'alerting.alertmanagers']);
    expect(notRunBy(parsePrometheusConfig(OPERATED))).toEqual([]);
  });
});

describe('durations', () => {
  it.each([
    ['0', 0, '0s'],
    ['90s', 90_000, '1m30s'],
    ['1h30m', 5_400_000, '1h30m'],
    ['24h', 86_400_000, '1d'],
    ['36h', 129_600_000, '36h'],
    ['1500ms', 1500, '1s500ms'],
    ['1w', 604_800_000, '1w'],
  ])('%s is %i milliseconds and is written %s', (text, value, written) => {
    expect(parseDuration(text)).toBe(value);
    expect(formatDuration(value)).toBe(written);
  });

  it.each(['', '5', 's', '1.5s', '-5s', '1m1h', ' 5s'])(
    'takes %j for no duration',
    text => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
