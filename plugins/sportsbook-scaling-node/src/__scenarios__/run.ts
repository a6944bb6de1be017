/**
 * Runs the scenarios on a cluster, each in a namespace of its own.
 *
 *     npm run scenarios -- --cluster <context> [--kubeconfig <file>]
 *       [--prefix <text>] [--only <text>]...
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { mapInFlight } from '../apply/mapInFlight';
import { runScenario } from './runScenario';
import { scenarios } from './scenarios';

/** Longer than any scenario waits for its cluster. */
const LONGEST_SECONDS = 180;

function readOptions() {
  const { values } = parseArgs({
    options: {
      /** Context of the kubeconfig. Never guessed. */
      cluster: { type: 'string' },
      /** Default: that of the environment. */
      kubeconfig: { type: 'string', default: process.env.KUBECONFIG },
      /** How the names of all namespaces begin. */
      prefix: { type: 'string', default: 'scenario' },
      /** Scenarios whose title holds one of these. Default: all. */
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const { cluster, kubeconfig } = values;
  if (cluster === undefined || kubeconfig === undefined) {
    throw new Error(
      'Which cluster? Add --cluster <context> and --kubeconfig <file>, or set KUBECONFIG.',
    );
  }
  return { ...values, cluster, kubeconfig };
}

async function main(): Promise<void> {
  const { cluster, kubeconfig, prefix, only } = readOptions();
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfig);
  const chosen = scenarios.filter(
    ({ title }) => only.length === 0 || only.some(text => title.includes(text)),
  );
  const run = randomBytes(3).toString('hex');
  const startedAt = performance.now();
  let failed = 0;
  await mapInFlight([...chosen.entries()], async ([index, scenario]) => {
    const begunAt = performance.now();
    try {
      await within(
        LONGEST_SECONDS,
        runScenario(scenario, {
          kubeConfig,
          context: cluster,
          namespace: `${prefix}-${run}-${index + 1}`,
        }),
      );
      const took = ((performance.now() - begunAt) / 1000).toFixed(1);
      process.stdout.write(`holds (${took} s): ${scenario.title}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(
        `FAILS: ${scenario.title}\n${
          error instanceof Error ? error.stack ?? error.message : String(error)
        }\n`,
      );
    }
  });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(
    `\n${chosen.length} scenarios on ${cluster} in ${seconds} s\n${
      chosen.length - failed
    } passed, ${failed} failed\n`,
  );
  // One that hangs must not keep the process.
  process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);
}

async function within(seconds: number, run: Promise<void>): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), seconds * 1000);
  try {
    await Promise.race([
      run,
      new Promise<never>((_, reject) =>
        late.signal.addEventListener('abort', () =>
          reject(new Error(`It has not ended after ${seconds} s`)),
        ),
      ),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
