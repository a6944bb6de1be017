const UNITS: readonly (readonly [unit: string, milliseconds: number])[] = [
  ['y', 365 * 24 * 60 * 60 * 1000],
  ['w', 7 * 24 * 60 * 60 * 1000],
  ['d', 24 * 60 * 60 * 1000],
  ['h', 60 * 60 * 1000],
  ['m', 60 * 1000],
  ['s', 1000],
  ['ms', 1],
];
const DURATION =
  /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * A duration as Prometheus writes it, such as `1h30m` or `0`.
 *
 * @returns milliseconds; undefined for anything else
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  const match = text === '' ? null : DURATION.exec(text);
  return match
    ? UNITS.reduce(
        (sum, [, milliseconds], index) =>
          sum + Number(match[index + 1] ?? 0) * milliseconds,
        0,
      )
    : undefined;
}

/** As Prometheus writes a duration: `90000` is `1m30s`, and 0 is `0s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) {
    return '0s';
  }
  let rest = milliseconds;
  let text = '';
  for (const [unit, size] of UNITS) {
    // Years, weeks and days are only used where nothing is left over.
    const isExact = rest % size === 0 || !'ywd'.includes(unit);
    if (isExact && rest >= size) {
      text += `${Math.floor(rest / size)}${unit}`;
      rest %= size;
    }
  }
  return text;
}
