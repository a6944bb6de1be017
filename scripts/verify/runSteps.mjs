import { join, relative } from 'node:path';
import { logs, root } from '../setup/paths.mjs';
import { progress } from '../setup/progress.mjs';
import { StepOutput } from './StepOutput.mjs';
import { sum } from './steps.mjs';

/**
 * Runs steps one after the other, whatever became of the one before, and
 * prints a table and a last line `N passed, N failed`.
 *
 * @param steps from `steps.mjs`
 * @param context `{node, env}` of `prepare`
 * @returns 0 when nothing failed, else 1
 */
export async function runSteps(steps, context, { out = process.stdout } = {}) {
  const rows = [];
  for (const step of steps) {
    const startedAt = Date.now();
    const logFile = join(logs, `verify-${step.name}.log`);
    const output = new StepOutput(logFile);
    const runNode = (script, args, { cwd, env = {} } = {}) =>
      output.run(context.node.binary, [script, ...args], {
        cwd,
        env: { ...context.env, ...env },
      });
    let counts;
    try {
      counts = await progress(
        step.title,
        () => step.run({ ...context, runNode }),
        {
          out,
          outcome: ({ passed, failed }) =>
            failed > 0 ? `${failed} failed` : `${passed} passed`,
        },
      );
    } catch (error) {
      output.write(error.stack);
      counts = { passed: 0, failed: 1, skipped: 0 };
    }
    await output.end();
    if (counts.failed > 0) {
      out.write(
        `\n${output.tail.join('\n')}\n\n  ${step.title}: ${
          counts.failed
        } failed; all of its output is in ${relative(root, logFile)}\n\n`,
      );
    }
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    rows.push({ name: step.name, seconds, ...counts });
  }
  const total = sum(rows);
  out.write(`\n${table(rows)}\n\n`);
  out.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

/** The rows as aligned text. */
export function table(rows) {
  const header = ['step', 'seconds', 'passed', 'failed', 'skipped'];
  const body = rows.map(row => [
    row.name,
    row.seconds,
    row.passed,
    row.failed,
    row.skipped,
  ]);
  return [header, ...body]
    .map(([name, ...numbers]) =>
      [
        String(name).padEnd(12),
        ...numbers.map(number => String(number).padStart(9)),
      ].join(''),
    )
    .join('\n');
}
