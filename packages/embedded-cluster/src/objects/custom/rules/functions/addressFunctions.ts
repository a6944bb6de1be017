import type { Environment } from '@marcbachmann/cel-js';
import { Cidr } from './Cidr';
import { IpAddress } from './IpAddress';
import type { Refuse } from './Refuse';

const IP = 'net.IP';
const CIDR = 'net.CIDR';

/** What `ip` means in an expression where nothing calls it. */
class IpNamespace {}

/** `ip("10.0.0.1")`, `cidr("10.0.0.0/8")` and what can be asked of them. */
export function registerAddressFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  const addressOf = (text: string): IpAddress => {
    const address = IpAddress.parse(text);
    if (address === undefined) {
      throw refuse(
        `IP Address ${JSON.stringify(
          text,
        )} parse error during conversion from string: ParseAddr(${JSON.stringify(
          text,
        )}): unable to parse IP`,
      );
    }
    return address;
  };
  const cidrOf = (text: string): Cidr => {
    const cidr = Cidr.parse(text);
    if (cidr === undefined) {
      throw refuse(
        `network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(
          text,
        )}): no '/'`,
      );
    }
    return cidr;
  };
  const containsCidr = (outer: Cidr, inner: Cidr) =>
    outer.prefixBits <= inner.prefixBits && outer.contains(inner.address);
  environment
    .registerType(IP, IpAddress)
    .registerType(CIDR, Cidr)
    .registerOperator(
      `${IP} == ${IP}`,
      (a: IpAddress, b: IpAddress) =>
        a.family === b.family && a.value === b.value,
    )
    .registerOperator(`${CIDR} == ${CIDR}`, (a: Cidr, b: Cidr) => a.equals(b))
    .registerFunction(
      'isIP(string): bool',
      (text: string) => IpAddress.parse(text) !== undefined,
    )
    .registerFunction(`ip(string): ${IP}`, addressOf)
    .registerFunction(`string(${IP}): string`, String)
    .registerFunction(`${IP}.family(): int`, ({ family }: IpAddress) =>
      BigInt(family),
    )
    .registerType('IpNamespace', IpNamespace)
    .registerConstant('ip', 'IpNamespace', new IpNamespace())
    .registerFunction(
      'IpNamespace.isCanonical(string): bool',
      (_: IpNamespace, text: string) => String(addressOf(text)) === text,
    )
    .registerFunction(
      'isCIDR(string): bool',
      (text: string) => Cidr.parse(text) !== undefined,
    )
    .registerFunction(`cidr(string): ${CIDR}`, cidrOf)
    .registerFunction(`string(${CIDR}): string`, String)
    .registerFunction(`${CIDR}.ip(): ${IP}`, ({ address }: Cidr) => address)
    .registerFunction(`${CIDR}.masked(): ${CIDR}`, ({ masked }: Cidr) => masked)
    .registerFunction(`${CIDR}.prefixLength(): int`, ({ prefixBits }: Cidr) =>
      BigInt(prefixBits),
    )
    .registerFunction(
      `${CIDR}.containsIP(${IP}): bool`,
      (cidr: Cidr, address: IpAddress) => cidr.contains(address),
    )
    .registerFunction(
      `${CIDR}.containsIP(string): bool`,
      (cidr: Cidr, text: string) => cidr.contains(addressOf(text)),
    )
    .registerFunction(`${CIDR}.containsCIDR(${CIDR}): bool`, containsCidr)
    .registerFunction(
      `${CIDR}.containsCIDR(string): bool`,
      (outer: Cidr, text: string) => containsCidr(outer, cidrOf(text)),
    );
  for (const name of [
    'isUnspecified',
    'isLoopback',
    'isLinkLocalMulticast',
    'isLinkLocalUnicast',
    'isGlobalUnicast',
  ] as const) {
    environment.registerFunction(
      `${IP}.${name}(): bool`,
      (address: IpAddress) => address[name],
    );
  }
}
