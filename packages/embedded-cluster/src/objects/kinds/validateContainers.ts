import type { FieldErrors } from '../validating/FieldErrors';
import { dnsLabel, portName, portNumber } from '../validating/names';
import type { ContainerFields, PortFields } from './podTemplate';
import { validateEnvironment } from './validateEnvironment';
import { validateHandler, validateProbe } from './validateProbe';
import { validateLocalPath } from './validateLocalPath';
import { validateResources } from './validateResources';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

export interface ContainersPlace {
  /** Path of the list. */
  field: string;
  /** Names of the pod's volumes. */
  volumes: ReadonlySet<string>;
  /** Names that are taken already; those found are added. */
  names: Set<string>;
  /** The image of a pod is checked more closely than that of a template. */
  isPod: boolean;
}

export function validateContainers(
  containers: readonly ContainerFields[],
  { field, volumes, names, isPod }: ContainersPlace,
  errors: FieldErrors,
): void {
  containers.forEach((container, index) => {
    const at = `${field}[${index}]`;
    const { name = '' } = container;
    if (name === '') {
      errors.required(`${at}.name`);
    } else {
      for (const problem of dnsLabel(name)) {
        errors.invalid(`${at}.name`, name, problem);
      }
      if (names.has(name)) {
        errors.duplicate(`${at}.name`, name);
      }
      names.add(name);
    }
    validateImage(container, at, isPod, errors);
    validatePorts(container.ports ?? [], `${at}.ports`, errors);
    validateEnvironment(container.env ?? [], `${at}.env`, errors);
    validateMounts(container.volumeMounts ?? [], at, volumes, errors);
    validateResources(container.resources ?? {}, `${at}.resources`, errors);
    validateHooks(container, at, errors);
  });
}

function validateImage(
  { image = '', imagePullPolicy = '' }: ContainerFields,
  field: string,
  isPod: boolean,
  errors: FieldErrors,
): void {
  if (image === '') {
    errors.required(`${field}.image`);
  } else if (isPod && image !== image.trim()) {
    errors.invalid(
      `${field}.image`,
      image,
      'must not have leading or trailing whitespace',
    );
  }
  if (!PULL_POLICIES.includes(imagePullPolicy)) {
    errors.notSupported(
      `${field}.imagePullPolicy`,
      imagePullPolicy,
      PULL_POLICIES,
    );
  }
}

function validatePorts(
  ports: readonly PortFields[],
  field: string,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const at = `${field}[${index}]`;
    if (port.name) {
      const problems = portName(port.name);
      for (const problem of problems) {
        errors.invalid(`${at}.name`, port.name, problem);
      }
      if (problems.length === 0 && names.has(port.name)) {
        errors.duplicate(`${at}.name`, port.name);
      }
      names.add(port.name);
    }
    if (!port.containerPort) {
      errors.required(`${at}.containerPort`);
    } else {
      for (const problem of portNumber(port.containerPort)) {
        errors.invalid(`${at}.containerPort`, port.containerPort, problem);
      }
    }
    if (port.hostPort) {
      for (const problem of portNumber(port.hostPort)) {
        errors.invalid(`${at}.hostPort`, port.hostPort, problem);
      }
    }
    if (!PROTOCOLS.includes(port.protocol ?? '')) {
      errors.notSupported(`${at}.protocol`, port.protocol ?? '', PROTOCOLS);
    }
  });
}

function validateMounts(
  mounts: NonNullable<ContainerFields['volumeMounts']>,
  field: string,
  volumes: ReadonlySet<string>,
  errors: FieldErrors,
): void {
  const paths = new Set<string>();
  mounts.forEach(({ name = '', mountPath = '', subPath = '' }, index) => {
    const at = `${field}.volumeMounts[${index}]`;
    if (name === '') {
      errors.required(`${at}.name`);
    } else if (!volumes.has(name)) {
      errors.notFound(`${at}.name`, name);
    }
    if (mountPath === '') {
      errors.required(`${at}.mountPath`);
    } else if (paths.has(mountPath)) {
      errors.invalid(`${at}.mountPath`, mountPath, 'must be unique');
    }
    paths.add(mountPath);
    validateLocalPath(subPath, `${field}.volumeMounts.subPath`, errors);
  });
}

function validateHooks(
  { lifecycle, livenessProbe, readinessProbe, startupProbe }: ContainerFields,
  field: string,
  errors: FieldErrors,
): void {
  for (const name of ['postStart', 'preStop'] as const) {
    const hook = lifecycle?.[name];
    if (hook) {
      validateHandler(hook, `${field}.lifecycle.${name}`, errors);
    }
  }
  validateProbe(livenessProbe, `${field}.livenessProbe`, 'liveness', errors);
  validateProbe(readinessProbe, `${field}.readinessProbe`, 'readiness', errors);
  validateProbe(startupProbe, `${field}.startupProbe`, 'startup', errors);
}
