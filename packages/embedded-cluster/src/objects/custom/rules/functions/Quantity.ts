const QUANTITY =
  /^([+-]?)(\d+)?(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;
const LARGEST_INTEGER = 2n ** 63n - 1n;

/** An amount such as `1.5Gi`, exact to a thousand-millionth. */
export class Quantity {
  private constructor(readonly nanos: bigint) {}

  /** @returns undefined where the text is none */
  static parse(text: string): Quantity | undefined {
    const match = QUANTITY.exec(text);
    if (!match) {
      return undefined;
    }
    const [, sign, whole = '', fraction = '', suffix = '', power] = match;
    if (whole === '' && fraction === '') {
      return undefined;
    }
    const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
    const binary = BINARY.indexOf(suffix) + 1;
    const decimal = binary > 0 ? 0 : 3 * (DECIMAL.indexOf(suffix) - 3);
    const exponent = 9 - fraction.length + Number(power ?? decimal);
    const scaled = digits * 1024n ** BigInt(binary);
    return new Quantity(
      exponent >= 0
        ? scaled * 10n ** BigInt(exponent)
        : roundedUp(scaled, 10n ** BigInt(-exponent)),
    );
  }

  static of(integer: bigint): Quantity {
    return new Quantity(integer * NANO);
  }

  plus({ nanos }: Quantity): Quantity {
    return new Quantity(this.nanos + nanos);
  }

  minus({ nanos }: Quantity): Quantity {
    return new Quantity(this.nanos - nanos);
  }

  compareTo({ nanos }: Quantity): bigint {
    if (this.nanos === nanos) {
      return 0n;
    }
    return this.nanos < nanos ? -1n : 1n;
  }

  /** Undefined where it is none that 64 bits hold. */
  get integer(): bigint | undefined {
    const whole = this.nanos / NANO;
    return this.nanos % NANO === 0n &&
      whole <= LARGEST_INTEGER &&
      whole >= -LARGEST_INTEGER - 1n
      ? whole
      : undefined;
  }

  get approximately(): number {
    return Number(this.nanos) / Number(NANO);
  }
}

/** Away from zero, as Kubernetes rounds what is too small. */
function roundedUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) {
    return quotient;
  }
  return value < 0n ? quotient - 1n : quotient + 1n;
}
