import type { FieldErrors } from '../validating/FieldErrors';
import { portName, portNumber } from '../validating/names';
import type { HandlerFields, ProbeFields } from './podTemplate';
import { validateNotNegative } from './validateNumbers';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

/** A probe, of which only a readiness probe may want more than one success. */
export function validateProbe(
  probe: ProbeFields | undefined,
  field: string,
  kind: 'liveness' | 'readiness' | 'startup',
  errors: FieldErrors,
): void {
  if (!probe) {
    return;
  }
  validateHandler(probe, field, errors);
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    validateNotNegative(probe[name], `${field}.${name}`, errors);
  }
  if (
    kind !== 'readiness' &&
    probe.successThreshold !== undefined &&
    probe.successThreshold !== 1
  ) {
    errors.invalid(
      `${field}.successThreshold`,
      probe.successThreshold,
      'must be 1',
    );
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined) {
    if (kind === 'readiness') {
      errors.invalid(
        `${field}.terminationGracePeriodSeconds`,
        grace,
        'must not be set for readinessProbes',
      );
    } else if (grace <= 0) {
      errors.invalid(
        `${field}.terminationGracePeriodSeconds`,
        grace,
        'must be greater than 0',
      );
    }
  }
}

/** What a probe or a hook does: exactly one thing. */
export function validateHandler(
  handler: HandlerFields,
  field: string,
  errors: FieldErrors,
): void {
  const given = HANDLERS.filter(name => handler[name] !== undefined);
  if (given.length === 0) {
    errors.required(field, 'must specify a handler type');
    return;
  }
  for (const name of given.slice(1)) {
    errors.forbidden(
      `${field}.${name}`,
      'may not specify more than 1 handler type',
    );
  }
  switch (given[0]) {
    case 'exec':
      if ((handler.exec?.command ?? []).length === 0) {
        errors.required(`${field}.exec.command`);
      }
      break;
    case 'httpGet':
      validateHttpGet(handler.httpGet ?? {}, `${field}.httpGet`, errors);
      break;
    case 'tcpSocket':
      validatePort(handler.tcpSocket?.port, `${field}.tcpSocket.port`, errors);
      break;
    case 'grpc':
      validatePort(handler.grpc?.port, `${field}.grpc.port`, errors);
      break;
    default:
      break;
  }
}

function validateHttpGet(
  { path, port, scheme = '' }: NonNullable<HandlerFields['httpGet']>,
  field: string,
  errors: FieldErrors,
): void {
  if (path === '') {
    errors.required(`${field}.path`);
  }
  validatePort(port, `${field}.port`, errors);
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') {
    errors.notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS']);
  }
}

/** A port by number or by name. */
export function validatePort(
  port: number | string | undefined,
  field: string,
  errors: FieldErrors,
): void {
  const problems =
    typeof port === 'string' ? portName(port) : portNumber(port ?? 0);
  for (const problem of problems) {
    errors.invalid(field, port ?? 0, problem);
  }
}
