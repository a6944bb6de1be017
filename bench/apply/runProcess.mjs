import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const TIME = '/usr/bin/time';
const LIMIT_MILLISECONDS = 300_000;
const canMeasure = existsSync(TIME);

/**
 * Runs a program to its end.
 *
 * @returns `{seconds, peakMB}`; the memory is undefined where the machine has no GNU time
 * @throws Error with what it wrote when it fails
 */
export async function runProcess(command, args) {
  const begin = performance.now();
  const child = canMeasure
    ? spawn(TIME, ['-f', 'peak %M', command, ...args], {
        timeout: LIMIT_MILLISECONDS,
      })
    : spawn(command, args, { timeout: LIMIT_MILLISECONDS });
  child.stdin.end();
  let errors = '';
  child.stdout.resume();
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = (performance.now() - begin) / 1_000;
  if (code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${code}:\n${errors}`,
    );
  }
  const peak = /peak (\d+)\s*$/.exec(errors);
  return {
    seconds,
    peakMB: peak === null ? undefined : Number(peak[1]) / 1_024,
  };
}
