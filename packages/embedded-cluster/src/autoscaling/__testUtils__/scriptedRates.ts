/** A rate at a time, seconds since the start; `fail` and `empty` are answers without one. */
export type ScriptedRate = (atSeconds: number) => number | 'fail' | 'empty';

type Points = readonly (readonly [atSeconds: number, rate: number])[];

/** Each rate from its second on. */
export function steps(points: Points): (atSeconds: number) => number {
  return atSeconds =>
    points.reduce((rate, [at, next]) => (atSeconds >= at ? next : rate), 0);
}

/** Straight lines from one point to the next. */
export function ramp(points: Points): (atSeconds: number) => number {
  return atSeconds => {
    const index = points.findIndex(([at]) => at > atSeconds);
    if (index <= 0) {
      return points[index === 0 ? 0 : points.length - 1][1];
    }
    const [fromAt, from] = points[index - 1];
    const [toAt, to] = points[index];
    const share = (atSeconds - fromAt) / (toAt - fromAt);
    return Number((from + (to - from) * share).toFixed(4));
  };
}

/** A number from 0 to 1 that looks random and is the same each time. */
function noise(index: number): number {
  let state = 42;
  for (let turn = 0; turn <= index; turn += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
  }
  return state / 2147483648;
}

/** Ups and downs that stay nowhere, with fractions of a thousandth. */
export function restless(atSeconds: number): number {
  const swell = Math.sin(atSeconds / 170) ** 2;
  return Number(
    (
      250 +
      900 * swell * noise(Math.floor(atSeconds / 11)) +
      80 * noise(Math.floor(atSeconds / 5))
    ).toFixed(6),
  );
}
