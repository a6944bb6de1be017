import { StatusError } from '../../model/StatusError';

/** Refusal of a query's options, as the API server words it: they have no name. */
export function invalidOptions(
  kind: string,
  field: string,
  reason: string,
  message: string,
): StatusError {
  return StatusError.invalid({ group: 'meta.k8s.io', kind }, '', [
    { reason, message, field },
  ]);
}
