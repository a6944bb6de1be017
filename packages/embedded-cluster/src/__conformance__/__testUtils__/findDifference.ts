import { inspect, isDeepStrictEqual } from 'node:util';
import type { RecordedSequence } from './Step';

/** Where two clusters answered the same steps differently; only the first place, what follows stems from it. */
export function findDifference(
  expected: RecordedSequence,
  actual: RecordedSequence,
): string | undefined {
  for (const [at, { step, answer }] of expected.steps.entries()) {
    const other = actual.steps[at]?.answer;
    if (!isDeepStrictEqual(plain(answer), plain(other))) {
      return [
        `${expected.resource.kind}, step ${at + 1}: ${JSON.stringify(step)}`,
        ...differences('', plain(answer), plain(other)),
      ].join('\n');
    }
  }
  return undefined;
}

function differences(path: string, one: unknown, other: unknown): string[] {
  if (isDeepStrictEqual(one, other)) {
    return [];
  }
  if (
    typeof one === 'object' &&
    typeof other === 'object' &&
    one !== null &&
    other !== null &&
    Array.isArray(one) === Array.isArray(other)
  ) {
    const ours: Record<string, unknown> = { ...one };
    const theirs: Record<string, unknown> = { ...other };
    return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
      .sort()
      .flatMap(key => differences(`${path}.${key}`, ours[key], theirs[key]));
  }
  const print = (value: unknown) =>
    inspect(value, { depth: 12, breakLength: Infinity });
  return [`  ${path}: expected ${print(one)}, got ${print(other)}`];
}

/** As it comes back from a file: without what is undefined. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
