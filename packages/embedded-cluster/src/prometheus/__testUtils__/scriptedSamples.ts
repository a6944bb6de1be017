import type { RecordedSeries } from './recordedSamples';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const SCRAPE_INTERVAL = 5 * SECOND;
const PODS = ['api-0', 'api-1', 'api-2', 'api-3'];
const BUCKETS = ['0.005', '0.025', '0.1', '0.5', '1', '+Inf'];

/** A small generator of even numbers between 0 and 1, the same in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** Whether a pod was scraped with success at a time after the start. */
function wasScraped(pod: string, sinceStart: number): boolean {
  switch (pod) {
    case 'api-0':
      // A gap of 40 s: scrapes that failed.
      return sinceStart < 17 * MINUTE || sinceStart >= 17 * MINUTE + 40_000;
    case 'api-2':
      return sinceStart >= 10 * MINUTE && sinceStart < 20 * MINUTE;
    case 'api-3':
      return sinceStart < 15 * MINUTE;
    default:
      return true;
  }
}

/** `api-3` vanishes with its Prometheus: no marker tells that it is gone. */
function leavesMarker(pod: string): boolean {
  return pod !== 'api-3';
}

/**
 * Half an hour of four pods under load, as a Prometheus that scrapes every
 * five seconds would have stored it: counters with resets, a gap, targets
 * that come and go with and without a staleness marker, histograms, gauges
 * with the odd numbers, and sparse series. The same in every run.
 */
export function scriptedSamples(startMilliseconds: number): RecordedSeries[] {
  const all: RecordedSeries[] = [];

  const series = (
    labels: Record<string, string>,
    pod: string,
    value: (sinceStart: number, index: number) => string | undefined,
  ) => {
    const jitter = pseudoRandom(all.length + 17);
    const offset = PODS.indexOf(pod) * 1130 + 217;
    const samples: RecordedSeries['samples'] = [];
    let present = false;
    for (let index = 0; index < 360; index += 1) {
      const sinceStart = index * SCRAPE_INTERVAL + offset;
      const time =
        startMilliseconds +
        sinceStart +
        (index % 7 === 3 ? Math.floor(jitter() * 9) : 0);
      const now = wasScraped(pod, sinceStart)
        ? value(sinceStart, index)
        : undefined;
      if (now !== undefined) {
        samples.push([time, now]);
        present = true;
      } else if (present) {
        present = false;
        if (leavesMarker(pod)) {
          samples.push([time, 'stale']);
        }
      }
    }
    all.push({ labels, samples });
  };

  for (const [number, pod] of PODS.entries()) {
    const target = {
      job: 'api',
      namespace: 'betting',
      pod,
      instance: `10.42.0.${number + 2}:8080`,
    };
    for (const [route, share] of [
      ['/bets', 1],
      ['/odds', 3.5],
    ] as const) {
      for (const status of ['200', '500']) {
        const random = pseudoRandom(number * 31 + share * 7 + Number(status));
        let total = 0;
        series(
          { __name__: 'http_requests_total', ...target, route, status },
          pod,
          sinceStart => {
            if (
              pod === 'api-1' &&
              sinceStart % (12 * MINUTE) < SCRAPE_INTERVAL
            ) {
              total = 0;
            }
            total += Math.floor(
              random() *
                share *
                (status === '200' ? 120 : 3) *
                (sinceStart > 8 * MINUTE ? 2.5 : 1),
            );
            return String(total);
          },
        );
      }
    }
    const random = pseudoRandom(number + 99);
    series(
      { __name__: 'process_resident_memory_bytes', ...target },
      pod,
      (_, index) =>
        String(50_000_000 + Math.floor(random() * 8_000_000) + index),
    );
    series({ __name__: 'temperature_celsius', ...target }, pod, (_, index) =>
      String((random() - 0.5) * 40 + ((index * number) % 11) / 3),
    );
    series(
      { __name__: 'build_info', ...target, version: `1.${number}.0` },
      pod,
      () => '1',
    );

    const counts = BUCKETS.map(() => 0);
    let sum = 0;
    const observe = pseudoRandom(number + 1234);
    const histogram: { counts: number[]; sum: number }[] = [];
    for (let index = 0; index < 360; index += 1) {
      for (let request = 0; request < 11 + number; request += 1) {
        const seconds = observe() * observe() * 1.4;
        sum += seconds;
        for (const [bucket, upper] of BUCKETS.entries()) {
          if (seconds <= Number(upper.replace('+Inf', 'Infinity'))) {
            counts[bucket] += 1;
          }
        }
      }
      histogram.push({ counts: [...counts], sum });
    }
    for (const [bucket, le] of BUCKETS.entries()) {
      series(
        { __name__: 'http_request_duration_seconds_bucket', ...target, le },
        pod,
        (_, index) => String(histogram[index].counts[bucket]),
      );
    }
    series(
      { __name__: 'http_request_duration_seconds_sum', ...target },
      pod,
      (_, index) => String(histogram[index].sum),
    );
    series(
      { __name__: 'http_request_duration_seconds_count', ...target },
      pod,
      (_, index) => String(histogram[index].counts[BUCKETS.length - 1]),
    );
  }

  // Alone, on targets that were always there.
  const odd = ['NaN', '+Inf', '-Inf', '0', '-0.5', '1e300', '12', '-7'];
  series(
    { __name__: 'odd_numbers', kind: 'changing' },
    'api-1',
    (_, index) => odd[index % odd.length],
  );
  for (const [index, value] of odd.entries()) {
    series(
      { __name__: 'odd_constants', number: String(index) },
      'api-1',
      () => value,
    );
  }
  series({ __name__: 'slow_total', job: 'slow' }, 'api-1', sinceStart =>
    String(Math.floor(sinceStart / (4 * MINUTE))),
  );
  series({ __name__: 'fast_total', job: 'slow' }, 'api-1', (_, index) =>
    String(index * 1e7 + 3),
  );
  series({ __name__: 'requests', job: 'misnamed' }, 'api-1', (_, index) =>
    String(index * 3),
  );
  series({ __name__: 'constant', job: 'still' }, 'api-1', () => '42.5');
  for (const queue of ['paper', 'card', 'cash']) {
    const random = pseudoRandom(queue.length + queue.charCodeAt(1));
    series({ __name__: 'queue_depth', queue, zone: 'a' }, 'api-1', () =>
      String(Math.floor(random() * 50)),
    );
    series({ __name__: 'queue_capacity', queue }, 'api-1', () =>
      String(50 + queue.length),
    );
  }
  series({ __name__: 'queue_depth', queue: 'paper', zone: 'b' }, 'api-1', () =>
    String(7),
  );
  for (const minutes of [1, 4, 6]) {
    const samples: RecordedSeries['samples'] = [];
    for (let at = 0; at <= 30; at += minutes) {
      samples.push([
        startMilliseconds + at * MINUTE + 777,
        String(at * at - 3 * at),
      ]);
    }
    all.push({
      labels: { __name__: 'sparse', every: `${minutes}m` },
      samples,
    });
  }
  const bent = [3, 2, 9, 9, 4, 20];
  for (const [bucket, le] of BUCKETS.entries()) {
    series(
      { __name__: 'bent_seconds_bucket', job: 'bent', le },
      'api-1',
      (_, index) => String(bent[bucket] * index),
    );
  }
  series(
    { __name__: 'bent_seconds_bucket', job: 'bent', le: 'wide' },
    'api-1',
    () => '3',
  );
  series(
    { __name__: 'open_seconds_bucket', job: 'open', le: '1' },
    'api-1',
    () => '3',
  );
  series(
    { __name__: 'metric.with.dots', 'label with space': 'x y' },
    'api-1',
    (_, index) => String(index),
  );
  return all;
}
