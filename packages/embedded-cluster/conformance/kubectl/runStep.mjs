import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 500;

/**
 * One command on one cluster. A step with `until` is repeated until it prints
 * what it waits for, since two clusters never get there at the same moment; the
 * last answer counts, also when patience ends.
 *
 * @returns what it printed, how it ended, and the command as the reader types it
 */
export async function runStep(cluster, step, namespace) {
  const fill = text => text.replaceAll('{namespace}', namespace);
  const args = (Array.isArray(step.run) ? step.run : step.run.split(' ')).map(
    fill,
  );
  const input =
    step.input === undefined
      ? ''
      : fill(
          typeof step.input === 'string'
            ? step.input
            : JSON.stringify(step.input),
        );
  const deadlineMs = Date.now() + (step.patienceMs ?? PATIENCE_MS);
  for (;;) {
    const result = await cluster.run(
      step.anywhere ? args : ['--namespace', namespace, ...args],
      { input, endAfterMs: step.endAfterMs },
    );
    if (
      step.until === undefined ||
      step.until.test(result.stdout + result.stderr) ||
      Date.now() > deadlineMs
    ) {
      return { ...result, command: args.join(' ') };
    }
    await sleep(PAUSE_MS);
  }
}
