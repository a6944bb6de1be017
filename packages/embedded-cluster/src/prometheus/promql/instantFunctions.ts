const DEGREES = 180 / Math.PI;

/** As Go has it: nothing is greater than infinity, not even what is no number. */
function greater(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

function lesser(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}

function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

function ofDate(read: (date: Date) => number): (seconds: number) => number {
  return seconds => {
    const date = new Date(Math.trunc(seconds) * 1000);
    return Number.isNaN(date.getTime()) ? NaN : read(date);
  };
}

function dayOfYear(date: Date): number {
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - first) / (24 * 60 * 60 * 1000)) + 1;
}

function daysInMonth(date: Date): number {
  return new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
  ).getUTCDate();
}

/** Functions that change every value of a vector by itself; the rest of the arguments are scalars. */
export const VALUE_FUNCTIONS: ReadonlyMap<
  string,
  (value: number, ...scalars: number[]) => number
> = new Map<string, (value: number, ...scalars: number[]) => number>([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['round', (value, nearest = 1) => roundTo(value, nearest)],
  ['exp', Math.exp],
  ['sqrt', Math.sqrt],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sgn', value => (value === 0 ? 0 : Math.sign(value))],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['asin', Math.asin],
  ['acos', Math.acos],
  ['atan', Math.atan],
  ['sinh', Math.sinh],
  ['cosh', Math.cosh],
  ['tanh', Math.tanh],
  ['asinh', Math.asinh],
  ['acosh', Math.acosh],
  ['atanh', Math.atanh],
  ['rad', value => value / DEGREES],
  ['deg', value => value * DEGREES],
  ['clamp', (value, min, max) => greater(min, lesser(max, value))],
  ['clamp_min', (value, min) => greater(min, value)],
  ['clamp_max', (value, max) => lesser(max, value)],
]);

/** Functions of a point in time, given in seconds since 1970; in UTC. */
export const DATE_FUNCTIONS: ReadonlyMap<string, (seconds: number) => number> =
  new Map([
    ['minute', ofDate(date => date.getUTCMinutes())],
    ['hour', ofDate(date => date.getUTCHours())],
    ['day_of_month', ofDate(date => date.getUTCDate())],
    ['day_of_week', ofDate(date => date.getUTCDay())],
    ['day_of_year', ofDate(dayOfYear)],
    ['days_in_month', ofDate(daysInMonth)],
    ['month', ofDate(date => date.getUTCMonth() + 1)],
    ['year', ofDate(date => date.getUTCFullYear())],
  ]);
