const FACTORS: Record<string, { numerator: number; denominator: number }> = {
  n: { numerator: 1, denominator: 1e9 },
  u: { numerator: 1, denominator: 1e6 },
  m: { numerator: 1, denominator: 1e3 },
  '': { numerator: 1, denominator: 1 },
  k: { numerator: 1e3, denominator: 1 },
  M: { numerator: 1e6, denominator: 1 },
  G: { numerator: 1e9, denominator: 1 },
  T: { numerator: 1e12, denominator: 1 },
  P: { numerator: 1e15, denominator: 1 },
  E: { numerator: 1e18, denominator: 1 },
  Ki: { numerator: 2 ** 10, denominator: 1 },
  Mi: { numerator: 2 ** 20, denominator: 1 },
  Gi: { numerator: 2 ** 30, denominator: 1 },
  Ti: { numerator: 2 ** 40, denominator: 1 },
  Pi: { numerator: 2 ** 50, denominator: 1 },
  Ei: { numerator: 2 ** 60, denominator: 1 },
};

const QUANTITY =
  /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|([eE][+-]?\d+))?$/;

/**
 * A Kubernetes quantity as a number: `"107528m"` is 107.528, `"1Gi"` is 1073741824.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @throws RangeError for text that the API server would not accept as a quantity
 */
export function parseQuantity(text: string): number {
  const match = QUANTITY.exec(text);
  if (!match) {
    throw new RangeError(
      `'${text}' is not a Kubernetes quantity such as 100, 107528m, 9k or 1Gi`,
    );
  }
  const [, digits, suffix = '', exponent] = match;
  if (exponent !== undefined) {
    return Number(`${digits}${exponent}`);
  }
  const { numerator, denominator } = FACTORS[suffix];
  return (Number(digits) * numerator) / denominator;
}
