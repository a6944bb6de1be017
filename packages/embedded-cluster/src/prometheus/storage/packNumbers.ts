type Numbers =
  | Float64Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int16Array;

/** Numbers as a base, what each place in the row adds to it, and what each number adds to that. */
export interface PackedNumbers {
  readonly base: number;
  /** Added for each place in the row. */
  readonly slope: number;
  /** Undefined where nothing is left to add. */
  readonly rest: Numbers | undefined;
}

function isPlainInteger(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function narrowed(distances: Float64Array, span: number): Numbers {
  if (span < 2 ** 8) {
    return Uint8Array.from(distances);
  }
  return span < 2 ** 16
    ? Uint16Array.from(distances)
    : Uint32Array.from(distances);
}

/** Counters and gauges are mostly whole numbers near each other. */
export function packValues(values: Float64Array): PackedNumbers {
  const first = values[0];
  if (values.every(value => Object.is(value, first))) {
    return { base: first, slope: 0, rest: undefined };
  }
  const base = values.reduce((a, b) => Math.min(a, b));
  const span = values.reduce((a, b) => Math.max(a, b)) - base;
  if (span >= 2 ** 32 || !values.every(isPlainInteger)) {
    return { base: 0, slope: 0, rest: values };
  }
  const distances = values.map(value => value - base);
  return { base, slope: 0, rest: narrowed(distances, span) };
}

/** Scrapes come at even distances, give or take some milliseconds. */
export function packTimes(times: Float64Array): PackedNumbers {
  const base = times[0];
  const slope = Math.round(
    (times[times.length - 1] - base) / (times.length - 1),
  );
  const residues = times.map((time, index) => time - base - slope * index);
  if (residues.every(residue => residue === 0)) {
    return { base, slope, rest: undefined };
  }
  if (residues.every(residue => Math.abs(residue) < 2 ** 15)) {
    return { base, slope, rest: Int16Array.from(residues) };
  }
  return {
    base,
    slope: 0,
    rest: Float64Array.from(times, time => time - base),
  };
}

export function unpack(
  { base, slope, rest }: PackedNumbers,
  index: number,
): number {
  // Adding to zero would lose the sign of a negative zero.
  const start = slope === 0 ? base : base + slope * index;
  if (rest === undefined) {
    return start;
  }
  return start === 0 ? rest[index] : start + rest[index];
}
