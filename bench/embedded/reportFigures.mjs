import { printGoals, printTable, rounded } from '../report.mjs';
import { median, quantile } from '../statistics.mjs';
import { canPin } from './pinning.mjs';

/**
 * Prints what was measured: the medians of all rounds.
 *
 * @param figures.rounds how many there were
 * @param figures.ready seconds of each start, `{fresh, again}`
 * @param figures.idle `{empty, withService}`, each as from `measureIdle`
 * @param figures.asked `{embedded, reference?}`, of each `{applies, watches}` by round
 */
export function reportFigures({ rounds, ready, idle, asked }) {
  const embedded = summary(asked.embedded);
  const real = asked.reference && summary(asked.reference);
  const fresh = median(ready.fresh);
  const again = median(ready.again);
  printTable([
    [
      `median of ${rounds} rounds`,
      'embedded',
      'API server with etcd',
      'ratio',
      'goal',
    ],
    row('ready, first start (s)', fresh, undefined, '<= 1'),
    row('ready, later start (s)', again, undefined, '<= 1'),
    row(
      `server-side applies per second${canPin ? ', embedded on one core' : ''}`,
      embedded.perSecond,
      real?.perSecond,
      '>= 1000',
    ),
    row('  per second of its processor time', embedded.perCpuSecond),
    row('  of 8 at a time, p50 (ms)', embedded.applyP50, real?.applyP50),
    row('  of 8 at a time, p99 (ms)', embedded.applyP99, real?.applyP99),
    row('event after answer, p50 (ms)', embedded.watchP50, real?.watchP50),
    row(
      'event after answer, p99 (ms)',
      embedded.watchP99,
      real?.watchP99,
      '<= 5',
    ),
    row('event after request, p50 (ms)', embedded.requestP50, real?.requestP50),
    row('event after request, p99 (ms)', embedded.requestP99, real?.requestP99),
    row('idle, no pods (MB)', idle.empty.residentMB, undefined, '<= 150'),
    row('  processor (% of a core)', idle.empty.cpuShare * 100),
    row(
      'idle, a service and its Prometheus (MB)',
      idle.withService.residentMB,
      undefined,
      '<= 150',
    ),
    row('  processor (% of a core)', idle.withService.cpuShare * 100),
  ]);
  const goals = [
    { name: 'ready, first start', measured: fresh, asked: 1, unit: 's' },
    { name: 'ready, later start', measured: again, asked: 1, unit: 's' },
    {
      name: 'server-side applies',
      measured: embedded.perSecond,
      asked: 1_000,
      unit: '1/s',
      atLeast: true,
    },
    {
      name: 'event after answer, p99',
      measured: embedded.watchP99,
      asked: 5,
      unit: 'ms',
    },
    {
      name: 'idle, no pods',
      measured: idle.empty.residentMB,
      asked: 150,
      unit: 'MB',
    },
    {
      name: 'idle, a service and its Prometheus',
      measured: idle.withService.residentMB,
      asked: 150,
      unit: 'MB',
    },
  ];
  printGoals('embedded', goals);
}

function summary({ applies, watches }) {
  const overRounds = (list, read) => median(list.map(read));
  return {
    perSecond: overRounds(applies, one => one.perSecond),
    perCpuSecond: overRounds(applies, one => one.perCpuSecond),
    applyP50: overRounds(applies, one => quantile(one.durations, 0.5)),
    applyP99: overRounds(applies, one => quantile(one.durations, 0.99)),
    watchP50: overRounds(watches, one => quantile(one.sinceAnswer, 0.5)),
    watchP99: overRounds(watches, one => quantile(one.sinceAnswer, 0.99)),
    requestP50: overRounds(watches, one => quantile(one.sinceRequest, 0.5)),
    requestP99: overRounds(watches, one => quantile(one.sinceRequest, 0.99)),
  };
}

/** One line of the table, with how the two compare where both were measured. */
function row(name, own, other, goal = '') {
  return [
    name,
    text(own),
    text(other),
    other === undefined ? '-' : `${rounded(own / other)} x`,
    goal,
  ];
}

function text(value) {
  return value === undefined ? '-' : String(rounded(value));
}
