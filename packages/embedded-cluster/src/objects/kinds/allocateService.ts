import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NODE_PORTS, SERVICE_NETWORK } from '../../model/names';
import type { FieldErrors } from '../validating/FieldErrors';
import type { AllocationContext } from './KindRules';
import type { ServiceFields } from './serviceRules';
import { shaped } from './shaped';

const SERVICES = '/services';
const HEADLESS = 'None';

/** Gives a Service its cluster IP and node ports, or refuses those that others have. */
export function allocateService(
  object: KubernetesObject,
  old: KubernetesObject | undefined,
  { store, errors }: AllocationContext,
): void {
  const { spec } = shaped<ServiceFields>(object);
  if (!spec) {
    return;
  }
  const others = store
    .list(SERVICES)
    .filter(
      ({ metadata }) =>
        metadata.name !== object.metadata.name ||
        metadata.namespace !== object.metadata.namespace,
    )
    .map(other => shaped<ServiceFields>(other));
  if (spec.type === 'ExternalName') {
    return;
  }
  const { spec: before } = shaped<ServiceFields>(old ?? {});
  if (!changesAddress(spec, before)) {
    allocateAddress(spec, others, errors);
  }
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    allocateNodePorts(spec, before?.ports ?? [], others, errors);
  }
}

type Spec = NonNullable<ServiceFields['spec']>;

/** Which validation refuses, whatever the address. */
function changesAddress(spec: Spec, before: Spec | undefined): boolean {
  return (
    before?.clusterIP !== undefined &&
    before.type !== 'ExternalName' &&
    spec.clusterIP !== before.clusterIP
  );
}

function allocateAddress(
  spec: Spec,
  others: readonly ServiceFields[],
  errors: FieldErrors,
): void {
  spec.ipFamilies ??= ['IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
  if (spec.clusterIP === HEADLESS) {
    spec.clusterIPs = [HEADLESS];
    return;
  }
  if (spec.clusterIP && isIP(spec.clusterIP) === 0) {
    // No address at all, which validation says better.
    return;
  }
  const taken = new Set(others.map(other => other.spec?.clusterIP));
  if (!spec.clusterIP) {
    spec.clusterIP = freeAddress(taken);
  } else if (!isInNetwork(spec.clusterIP)) {
    errors.invalid(
      'spec.clusterIPs',
      [spec.clusterIP],
      `failed to allocate IP ${spec.clusterIP}: the provided network does not match the current range`,
    );
  } else if (taken.has(spec.clusterIP)) {
    errors.invalid(
      'spec.clusterIPs',
      [spec.clusterIP],
      `failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`,
    );
  }
  spec.clusterIPs = [spec.clusterIP];
}

function allocateNodePorts(
  spec: Spec,
  oldPorts: NonNullable<Spec['ports']>,
  others: readonly ServiceFields[],
  errors: FieldErrors,
): void {
  const own = new Set(
    oldPorts.map(({ protocol, nodePort }) => `${protocol}/${nodePort}`),
  );
  const taken = new Set<string>();
  const numbers = new Set<number>();
  for (const port of others.flatMap(other => other.spec?.ports ?? [])) {
    if (port.nodePort) {
      taken.add(`${port.protocol}/${port.nodePort}`);
      numbers.add(port.nodePort);
    }
  }
  for (const { nodePort } of spec.ports ?? []) {
    if (nodePort) {
      numbers.add(nodePort);
    }
  }
  (spec.ports ?? []).forEach((port, index) => {
    const { nodePort } = port;
    const field = `spec.ports[${index}].nodePort`;
    if (!nodePort) {
      port.nodePort = freePort(numbers);
      numbers.add(port.nodePort);
    } else if (nodePort < NODE_PORTS.first || nodePort > NODE_PORTS.last) {
      errors.invalid(
        field,
        nodePort,
        `provided port is not in the valid range. The range of valid ports is ${NODE_PORTS.first}-${NODE_PORTS.last}`,
      );
    } else if (taken.has(`${port.protocol}/${nodePort}`)) {
      errors.invalid(field, nodePort, 'provided port is already allocated');
    } else if (!own.has(`${port.protocol}/${nodePort}`)) {
      taken.add(`${port.protocol}/${nodePort}`);
    }
  });
}

const [base, bits] = SERVICE_NETWORK.split('/');
const networkStart = toNumber(base);
const networkSize = 2 ** (32 - Number(bits));
/** The first addresses are for Services that ask for one, such as the API server's. */
const RESERVED = 256;

function freeAddress(taken: ReadonlySet<string | undefined>): string {
  const start = randomInt(RESERVED, networkSize - 1);
  for (let step = 0; step < networkSize; step++) {
    const offset =
      RESERVED + ((start - RESERVED + step) % (networkSize - 1 - RESERVED));
    const address = toAddress(networkStart + offset);
    if (!taken.has(address)) {
      return address;
    }
  }
  throw new Error(`all addresses of ${SERVICE_NETWORK} are taken`);
}

function freePort(taken: ReadonlySet<number>): number {
  const size = NODE_PORTS.last - NODE_PORTS.first + 1;
  const start = randomInt(size);
  for (let step = 0; step < size; step++) {
    const port = NODE_PORTS.first + ((start + step) % size);
    if (!taken.has(port)) {
      return port;
    }
  }
  throw new Error(
    `all node ports (${NODE_PORTS.first} to ${NODE_PORTS.last}) are taken`,
  );
}

function isInNetwork(address: string): boolean {
  const number = toNumber(address);
  return number > networkStart && number < networkStart + networkSize - 1;
}

function toNumber(address: string): number {
  return address
    .split('.')
    .reduce((number, part) => number * 256 + Number(part), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.');
}
