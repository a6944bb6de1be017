import { isIP } from 'node:net';
import type { FieldErrors } from '../validating/FieldErrors';
import { dnsLabel } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface EndpointSliceFields {
  addressType?: string;
  endpoints?: { addresses?: string[] }[] | null;
  ports?: { name?: string; protocol?: string; port?: number }[] | null;
}

const TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export const endpointSliceRules: KindRules = {
  generation: 'all',
  unconditionalUpdate: false,
  defaults: object => {
    const slice = shaped<EndpointSliceFields>(object);
    for (const port of slice.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  addNulls: object => {
    object.endpoints ??= null;
    object.ports ??= null;
  },
  validate: (object, errors) => {
    const slice = shaped<EndpointSliceFields>(object);
    const { addressType } = slice;
    if (!addressType) {
      errors.required('addressType');
    } else if (!TYPES.includes(addressType)) {
      errors.notSupported('addressType', addressType, TYPES);
    }
    validatePorts(slice, errors);
    validateEndpoints(slice, errors);
  },
  validateUpdate: (object, old, errors) => {
    const { addressType } = shaped<EndpointSliceFields>(object);
    if (addressType !== shaped<EndpointSliceFields>(old).addressType) {
      errors.invalid('addressType', addressType, 'field is immutable');
    }
  },
};

function validatePorts(
  { ports }: EndpointSliceFields,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  (ports ?? []).forEach(({ name = '', protocol = '' }, index) => {
    const field = `ports[${index}]`;
    for (const problem of name === '' ? [] : dnsLabel(name)) {
      errors.invalid(`${field}.name`, name, problem);
    }
    if (names.has(name)) {
      errors.duplicate(`${field}.name`, name);
    }
    names.add(name);
    if (!PROTOCOLS.includes(protocol)) {
      errors.notSupported(`${field}.protocol`, protocol, PROTOCOLS);
    }
  });
}

function validateEndpoints(
  { endpoints, addressType }: EndpointSliceFields,
  errors: FieldErrors,
): void {
  (endpoints ?? []).forEach(({ addresses = [] }, index) => {
    const field = `endpoints[${index}].addresses`;
    if (addresses.length === 0) {
      errors.required(field, 'must contain at least 1 address');
    }
    addresses.forEach((address, place) => {
      if (addressType !== 'FQDN' && isIP(address) === 0) {
        errors.invalid(
          `${field}[${place}]`,
          address,
          'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        );
      }
    });
  });
}
