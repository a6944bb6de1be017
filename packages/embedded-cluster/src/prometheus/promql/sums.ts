/**
 * A sum that loses little to rounding (Kahan's, with Neumaier's change), in
 * the way in which Prometheus sums, so that both lose the same.
 */
class CompensatedSum {
  value: number;
  compensation = 0;

  constructor(first: number) {
    this.value = first;
  }

  add(next: number): void {
    const total = this.value + next;
    if (!Number.isFinite(total) && !Number.isNaN(total)) {
      this.compensation = 0;
    } else if (Math.abs(this.value) >= Math.abs(next)) {
      this.compensation += this.value - total + next;
    } else {
      this.compensation += next - total + this.value;
    }
    this.value = total;
  }
}

/** 0 for none. */
export function sumOf(values: ArrayLike<number>): number {
  const sum = new CompensatedSum(0);
  for (let index = 0; index < values.length; index += 1) {
    sum.add(values[index]);
  }
  return Number.isFinite(sum.value) ? sum.value + sum.compensation : sum.value;
}

/** Not a number for none. Takes care that a large sum does not overflow. */
export function meanOf(values: ArrayLike<number>): number {
  const count = values.length;
  const sum = new CompensatedSum(values[0] ?? NaN);
  for (let index = 1; index < count; index += 1) {
    const before = sum.value;
    const compensation = sum.compensation;
    sum.add(values[index]);
    if (Math.abs(sum.value) === Infinity && Number.isFinite(before)) {
      return runningMean(values, index, before / index, compensation / index);
    }
  }
  return Number.isFinite(sum.value)
    ? sum.value / count + sum.compensation / count
    : sum.value;
}

function runningMean(
  values: ArrayLike<number>,
  from: number,
  mean: number,
  compensation: number,
): number {
  const running = new CompensatedSum(mean);
  running.compensation = compensation;
  for (let index = from; index < values.length; index += 1) {
    const count = index + 1;
    const share = (count - 1) / count;
    running.value *= share;
    running.compensation *= share;
    running.add(values[index] / count);
  }
  return running.value + running.compensation;
}

/** Of the whole population; not a number for none, or where a value is none or infinite. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = new CompensatedSum(0);
  const squares = new CompensatedSum(0);
  for (let index = 0; index < values.length; index += 1) {
    const delta = values[index] - (mean.value + mean.compensation);
    mean.add(delta / (index + 1));
    squares.add(delta * (values[index] - (mean.value + mean.compensation)));
  }
  return (squares.value + squares.compensation) / values.length;
}

/** The φ-quantile between the nearest values; below 0 and above 1 infinite. */
export function quantileOf(phi: number, values: ArrayLike<number>): number {
  if (values.length === 0 || Number.isNaN(phi)) {
    return NaN;
  }
  if (phi < 0) {
    return -Infinity;
  }
  if (phi > 1) {
    return Infinity;
  }
  // Float64Array sorts by number, with NaN last; PromQL has it first.
  const sorted = Float64Array.from(values).sort();
  const numbers = sorted.filter(value => !Number.isNaN(value));
  const ordered = new Float64Array(sorted.length).fill(NaN);
  ordered.set(numbers, sorted.length - numbers.length);
  const rank = phi * (ordered.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(ordered.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return ordered[lower] * (1 - weight) + ordered[upper] * weight;
}
