import { diff } from 'node:util';

const CONTEXT_LINES = 2;

/**
 * What differs between two normalised runs, line by line: `-` is the reference,
 * `+` the embedded cluster.
 *
 * @returns undefined when nothing does
 */
export function describeDifference(expected, actual) {
  const parts = [];
  if (expected.exitCode !== actual.exitCode) {
    parts.push(
      `-exit code ${expected.exitCode}\n+exit code ${actual.exitCode}`,
    );
  }
  for (const stream of ['stdout', 'stderr']) {
    if (expected[stream] !== actual[stream]) {
      parts.push(
        `@@ ${stream}\n${diffLines(expected[stream], actual[stream])}`,
      );
    }
  }
  return parts.length === 0 ? undefined : parts.join('\n');
}

function diffLines(expected, actual) {
  // util.diff says 1 for what only its first argument has.
  const lines = diff(expected.split('\n'), actual.split('\n')).map(
    ([operation, line]) => ({
      sign: { 1: '-', 0: ' ', '-1': '+' }[operation],
      line,
    }),
  );
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1)
      .some(({ sign }) => sign !== ' '),
  );
  return lines
    .filter((_, index) => near[index])
    .map(({ sign, line }) => `${sign}${line}`)
    .join('\n');
}
