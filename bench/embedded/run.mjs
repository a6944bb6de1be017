/**
 * Speed and size of the embedded cluster, and of a real API server beside it:
 *
 *   npm run bench -- embedded [--reference <kubeconfig>] [--rounds 5]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployService } from './deployService.mjs';
import { measureApplies } from './measureApplies.mjs';
import { measureIdle } from './measureIdle.mjs';
import { measureWatch } from './measureWatch.mjs';
import { readOptions } from './options.mjs';
import { moveToCore } from './pinning.mjs';
import { readKubeconfig } from './readKubeconfig.mjs';
import { Reference } from './Reference.mjs';
import { reportFigures } from './reportFigures.mjs';
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
  reportFigures({ rounds, ready, idle, asked });
} finally {
  await Promise.all([...running].map(server => server.stop()));
  rmSync(scratch, { recursive: true, force: true });
}

async function start(name) {
  const server = await Server.start(join(scratch, name), NAMESPACE);
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
  const server = await start('requests');
  moveToCore('server', server.pid);
  moveToCore('client', process.pid);
  const real = reference && (await Reference.open(reference));
  const both = {
    embedded: {
      access: readKubeconfig(server.kubeconfig),
      namespace: NAMESPACE,
      cpuSeconds: async () => (await server.usage()).cpuSeconds,
    },
    ...(real && {
      reference: { access: real.access, namespace: real.namespace },
    }),
  };
  const found = {};
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, { access, namespace, cpuSeconds }] of Object.entries(
        both,
      )) {
        const of = (found[name] ??= { applies: [], watches: [] });
        of.applies.push(
          await measureApplies({ access, namespace, seconds, cpuSeconds }),
        );
        of.watches.push(await measureWatch(access, namespace));
      }
    }
  } finally {
    await real?.close();
  }
  await stop(server);
  return found;
}
