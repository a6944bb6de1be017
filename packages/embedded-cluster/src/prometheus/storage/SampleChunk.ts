/** How many samples a chunk takes before it is packed. */
export const CHUNK_SAMPLES = 120;

type Numbers =
  | Float64Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int16Array;

/** Numbers as a base and, unless all are equal, what each adds to it. */
interface Packed {
  base: number;
  /** Added for each place in the row. */
  slope: number;
  rest: Numbers | undefined;
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
function packValues(values: Float64Array): Packed {
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
function packTimes(times: Float64Array): Packed {
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

function unpack({ base, slope, rest }: Packed, index: number): number {
  // Adding to zero would lose the sign of a negative zero.
  const start = slope === 0 ? base : base + slope * index;
  if (rest === undefined) {
    return start;
  }
  return start === 0 ? rest[index] : start + rest[index];
}

/**
 * A full row of samples, packed so that two hours of a pod's metrics stay
 * small: mostly one to three bytes for each sample instead of sixteen.
 */
export class SampleChunk {
  readonly firstTime: number;
  readonly lastTime: number;
  readonly length: number;
  readonly #times: Packed;
  readonly #values: Packed;

  /** @param times - milliseconds, rising; at least two */
  constructor(times: Float64Array, values: Float64Array) {
    this.length = times.length;
    this.firstTime = times[0];
    this.lastTime = times[times.length - 1];
    this.#times = packTimes(times);
    this.#values = packValues(values);
  }

  time(index: number): number {
    return unpack(this.#times, index);
  }

  value(index: number): number {
    return unpack(this.#values, index);
  }
}
