import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Thousandths of a resource's unit by the resource's name; whole numbers, so that sums stay exact. */
export type Amounts = Readonly<Record<string, number>>;

/** @throws RangeError for a value that is no quantity */
export function amountsOf(
  quantities: Readonly<Record<string, string | number>>,
): Amounts {
  return Object.fromEntries(
    Object.entries(quantities).map(([resource, quantity]) => [
      resource,
      // Rounded up as the API server does; the remainder is that of floats.
      Math.ceil(parseQuantity(String(quantity)) * 1000 - 1e-6),
    ]),
  );
}

function combine(
  a: Amounts,
  b: Amounts,
  operation: (x: number, y: number) => number,
): Amounts {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map(resource => [
      resource,
      operation(a[resource] ?? 0, b[resource] ?? 0),
    ]),
  );
}

export function sumOf(...amounts: Amounts[]): Amounts {
  return amounts.reduce((a, b) => combine(a, b, (x, y) => x + y), {});
}

export function largestOf(...amounts: Amounts[]): Amounts {
  return amounts.reduce((a, b) => combine(a, b, Math.max), {});
}

export function timesOf(amounts: Amounts, factor: number): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([resource, amount]) => [
      resource,
      amount * factor,
    ]),
  );
}

const BINARY_UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** As people write it: `1.2` of a CPU, `640Mi` of memory. */
export function formatAmount(resource: string, amount: number): string {
  if (!/(memory|storage)$/.test(resource)) {
    return String(amount / 1000);
  }
  let value = amount / 1000;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BINARY_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))}${BINARY_UNITS[unit]}`;
}
