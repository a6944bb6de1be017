import { IpAddress } from './IpAddress';

/** An address and how many of its first bits name the network. */
export class Cidr {
  constructor(readonly address: IpAddress, readonly prefixBits: number) {}

  /** @returns undefined where the text is none */
  static parse(text: string): Cidr | undefined {
    const [, ip, prefix] = /^(.*)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
    const address = ip === undefined ? undefined : IpAddress.parse(ip);
    return address === undefined || Number(prefix) > address.bits
      ? undefined
      : new Cidr(address, Number(prefix));
  }

  get masked(): Cidr {
    const { family, bits, value } = this.address;
    const rest = BigInt(bits - this.prefixBits);
    return new Cidr(
      new IpAddress(family, (value >> rest) << rest),
      this.prefixBits,
    );
  }

  contains(address: IpAddress): boolean {
    return address.startsAs(this.address, this.prefixBits);
  }

  equals(other: Cidr): boolean {
    return String(this) === String(other);
  }

  toString(): string {
    return `${this.address}/${this.prefixBits}`;
  }
}
