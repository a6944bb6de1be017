/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The one range that a `Range` header asks for: undefined for none, for several
 * and for other units, which are answered with the whole; `unsatisfiable` for
 * one that begins behind the end.
 */
export function readRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) {
    return undefined;
  }
  if (first === '') {
    const suffix = Math.min(Number(last), sizeBytes);
    return suffix === 0
      ? 'unsatisfiable'
      : { start: sizeBytes - suffix, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? Infinity : Number(last);
  if (end < start) {
    return undefined;
  }
  return start >= sizeBytes
    ? 'unsatisfiable'
    : { start, end: Math.min(end, sizeBytes - 1) };
}
