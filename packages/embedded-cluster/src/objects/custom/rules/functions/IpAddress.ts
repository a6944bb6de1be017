import { isIPv4, isIPv6 } from 'node:net';

const BITS = { 4: 32, 6: 128 } as const;

/** An address of version 4 or 6, as a number. */
export class IpAddress {
  constructor(readonly family: 4 | 6, readonly value: bigint) {}

  /** @returns undefined where the text is none, or has a zone, or is one of version 4 in version 6 */
  static parse(text: string): IpAddress | undefined {
    if (isIPv4(text)) {
      return new IpAddress(4, numberOf(text.split('.').map(Number), 8n));
    }
    if (!isIPv6(text) || text.includes('%')) {
      return undefined;
    }
    const [head, tail] = text.split('::', 2).map(groupsOf);
    const groups =
      tail === undefined
        ? head
        : [
            ...head,
            ...Array<number>(8 - head.length - tail.length).fill(0),
            ...tail,
          ];
    const value = numberOf(groups, 16n);
    return value >> 32n === 0xffffn ? undefined : new IpAddress(6, value);
  }

  get bits(): number {
    return BITS[this.family];
  }

  toString(): string {
    if (this.family === 4) {
      return [24n, 16n, 8n, 0n]
        .map(shift => (this.value >> shift) & 0xffn)
        .join('.');
    }
    const groups = Array.from({ length: 8 }, (_, index) =>
      ((this.value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16),
    );
    // The URL's host is the shortest form.
    return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  }

  /** Whether its first bits are those of the other. */
  startsAs(other: IpAddress, bits: number): boolean {
    const rest = BigInt(this.bits - bits);
    return (
      this.family === other.family && this.value >> rest === other.value >> rest
    );
  }

  get isUnspecified(): boolean {
    return this.value === 0n;
  }

  get isLoopback(): boolean {
    return this.family === 4 ? this.value >> 24n === 127n : this.value === 1n;
  }

  get isLinkLocalMulticast(): boolean {
    return this.family === 4
      ? this.value >> 8n === 0xe00000n
      : (this.value >> 112n) % 0x10000n === 0xff02n;
  }

  get isLinkLocalUnicast(): boolean {
    return this.family === 4
      ? this.value >> 16n === 0xa9fen
      : this.value >> 118n === 0x3fan;
  }

  get isGlobalUnicast(): boolean {
    const isBroadcast = this.family === 4 && this.value === 0xffffffffn;
    const isMulticast =
      this.family === 4
        ? this.value >> 28n === 0xen
        : this.value >> 120n === 0xffn;
    return !(
      isBroadcast ||
      isMulticast ||
      this.isUnspecified ||
      this.isLoopback ||
      this.isLinkLocalUnicast
    );
  }
}

function groupsOf(text: string): number[] {
  return text === ''
    ? []
    : text.split(':').flatMap(group => {
        if (!group.includes('.')) {
          return [parseInt(group, 16)];
        }
        const [a, b, c, d] = group.split('.').map(Number);
        return [a * 256 + b, c * 256 + d];
      });
}

function numberOf(groups: readonly number[], bits: bigint): bigint {
  return groups.reduce((value, group) => (value << bits) + BigInt(group), 0n);
}
