import { isIP } from 'node:net';
import type { FieldErrors } from '../validating/FieldErrors';
import { dnsLabel, dnsSubdomain, portNumber } from '../validating/names';
import { validateLabels } from '../validating/validateMetadata';
import type { ServiceFields, ServicePortFields } from './serviceRules';
import { validatePort } from './validateProbe';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TRAFFIC_POLICIES = ['Cluster', 'Local'];
const HEADLESS = 'None';

type Spec = NonNullable<ServiceFields['spec']>;

export function validateService(spec: Spec, errors: FieldErrors): void {
  const { type = '', ports = [] } = spec;
  if (
    ports.length === 0 &&
    type !== 'ExternalName' &&
    spec.clusterIP !== HEADLESS
  ) {
    errors.required('spec.ports');
  }
  if (type === 'ExternalName') {
    validateExternalName(spec, errors);
  }
  validatePorts(ports, type, errors);
  validateLabels(spec.selector, 'spec.selector', errors);
  if (!AFFINITIES.includes(spec.sessionAffinity ?? '')) {
    errors.notSupported(
      'spec.sessionAffinity',
      spec.sessionAffinity ?? '',
      AFFINITIES,
    );
  }
  if (!TYPES.includes(type)) {
    errors.notSupported('spec.type', type, TYPES);
  }
  validateAddress(spec, errors);
  for (const name of [
    'internalTrafficPolicy',
    'externalTrafficPolicy',
  ] as const) {
    const policy = spec[name];
    if (policy && !TRAFFIC_POLICIES.includes(policy)) {
      errors.notSupported(`spec.${name}`, policy, TRAFFIC_POLICIES);
    }
  }
}

function validateExternalName(
  { externalName = '', clusterIP }: Spec,
  errors: FieldErrors,
): void {
  if (externalName === '') {
    errors.required('spec.externalName');
  } else {
    for (const problem of dnsSubdomain(externalName.replace(/\.$/, ''))) {
      errors.invalid('spec.externalName', externalName, problem);
    }
  }
  if (clusterIP) {
    errors.forbidden(
      'spec.clusterIPs[0]',
      "may not be set when `type` is 'ExternalName'",
    );
  }
}

function validatePorts(
  ports: readonly ServicePortFields[],
  type: string,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  const numbers = new Set<string>();
  ports.forEach((port, index) => {
    const field = `spec.ports[${index}]`;
    validateName(port, ports.length > 1, names, `${field}.name`, errors);
    for (const problem of portNumber(port.port ?? 0)) {
      errors.invalid(`${field}.port`, port.port ?? 0, problem);
    }
    if (!PROTOCOLS.includes(port.protocol ?? '')) {
      errors.notSupported(`${field}.protocol`, port.protocol ?? '', PROTOCOLS);
    }
    validatePort(port.targetPort, `${field}.targetPort`, errors);
    if (port.nodePort && (type === 'ClusterIP' || type === 'ExternalName')) {
      errors.forbidden(
        `${field}.nodePort`,
        `may not be used when \`type\` is '${type}'`,
      );
    }
    const number = `${port.protocol}/${port.port}`;
    if (numbers.has(number)) {
      errors.duplicate(field, {
        Name: '',
        Protocol: port.protocol,
        AppProtocol: null,
        Port: port.port,
        TargetPort: 0,
        NodePort: 0,
      });
    }
    numbers.add(number);
  });
}

function validateName(
  { name = '' }: ServicePortFields,
  isNeeded: boolean,
  names: Set<string>,
  field: string,
  errors: FieldErrors,
): void {
  if (name === '') {
    if (isNeeded) {
      errors.required(field);
    }
    return;
  }
  for (const problem of dnsLabel(name)) {
    errors.invalid(field, name, problem);
  }
  if (names.has(name)) {
    errors.duplicate(field, name);
  }
  names.add(name);
}

function validateAddress({ clusterIP, type }: Spec, errors: FieldErrors): void {
  if (!clusterIP || clusterIP === HEADLESS) {
    if (
      clusterIP === HEADLESS &&
      (type === 'NodePort' || type === 'LoadBalancer')
    ) {
      errors.invalid(
        'spec.clusterIPs[0]',
        HEADLESS,
        `may not be set to 'None' for ${type} services`,
      );
    }
    return;
  }
  if (isIP(clusterIP) === 0) {
    errors.invalid(
      'spec.clusterIPs[0]',
      clusterIP,
      'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    );
  }
}
