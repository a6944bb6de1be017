/**
 * Speed and size of the embedded cluster, and of a real API server beside it:
 *
 *   npm run bench -- embedded [--reference <kubeconfig>] [--rounds 5]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printGoals, printTable, rounded } from '../report.mjs';
import { median, quantile } from '../statistics.mjs';
import { deployService } from './deployService.mjs';
import { measureApplies } from './measureApplies.mjs';
import { measureIdle } from './measureIdle.mjs';
import { measureWatch } from './measureWatch.mjs';
import { readOptions } from './options.mjs';
import { canPin, moveToClientCore, onServerCore } from './pinning.mjs';
import { readKubeconfig } from './readKubeconfig.mjs';
import { Reference } from './Reference.mjs';
import { Server } from './Server.mjs';

// That of the template's manifests.
const NAMESPACE = 'betting';

const { rounds, seconds, idleSeconds, reference } = readOptions(
  process.argv.slice(2),
);
const scratch = mkdtempSync(join(tmpdir(), 'bench-embedded-'));
const running = new Set();

try {
  const ready = await measureReady();
  const idle = await measureRest();
  const asked = await measureRequests();
  report({ ready, idle, asked });
} finally {
  await Promise.all([...running].map(server => server.stop()));
  rmSync(scratch, { recursive: true, force: true });
}

async function start(name, before) {
  const server = await Server.start(join(scratch, name), {
    before,
    namespace: NAMESPACE,
  });
  running.add(server);
  return server;
}

async function stop(server) {
  await server.stop();
  running.delete(server);
}

/** Seconds until it is ready, without state and with state. */
async function measureReady() {
  const found = { fresh: [], again: [] };
  // The very first one fills the caches of the disk and of the compiler.
  await stop(await start('warm-up'));
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['fresh', 'again']) {
      const server = await start(`ready-${round}`);
      found[kind].push(server.readySeconds);
      await stop(server);
    }
  }
  return found;
}

async function measureRest() {
  const server = await start('idle');
  const empty = await measureIdle(server, idleSeconds);
  await deployService(server);
  const withService = await measureIdle(server, idleSeconds);
  await stop(server);
  return { empty, withService };
}

/** Applies and watches, round by round on both, so that both see the same machine. */
async function measureRequests() {
  const server = await start('requests', onServerCore);
  moveToClientCore();
  const embedded = { access: readKubeconfig(server.kubeconfig) };
  const real = reference && (await Reference.open(reference));
  const both = [
    { name: 'embedded', ...embedded, namespace: NAMESPACE },
    ...(real
      ? [{ name: 'reference', access: real.access, namespace: real.namespace }]
      : []),
  ];
  const found = {};
  try {
    for (let round = 0; round < rounds; round++) {
      for (const { name, access, namespace } of both) {
        const of = (found[name] ??= { applies: [], watches: [] });
        of.applies.push(await measureApplies(access, namespace, seconds));
        of.watches.push(await measureWatch(access, namespace));
      }
    }
  } finally {
    await real?.close();
  }
  await stop(server);
  return found;
}

function report({ ready, idle, asked }) {
  const of = name => {
    const found = asked[name];
    if (found === undefined) {
      return undefined;
    }
    const { applies, watches } = found;
    const overRounds = (list, read) => median(list.map(read));
    return {
      perSecond: overRounds(applies, one => one.perSecond),
      applyP50: overRounds(applies, one => quantile(one.durations, 0.5)),
      applyP99: overRounds(applies, one => quantile(one.durations, 0.99)),
      watchP50: overRounds(watches, one => quantile(one.sinceAnswer, 0.5)),
      watchP99: overRounds(watches, one => quantile(one.sinceAnswer, 0.99)),
      requestP50: overRounds(watches, one => quantile(one.sinceRequest, 0.5)),
      requestP99: overRounds(watches, one => quantile(one.sinceRequest, 0.99)),
    };
  };
  const embedded = of('embedded');
  const real = of('reference');
  const text = value => (value === undefined ? '-' : String(rounded(value)));
  const row = (name, own, other, goal = '') => [
    name,
    text(own),
    text(other),
    other === undefined ? '-' : `${rounded(own / other)} x`,
    goal,
  ];
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
