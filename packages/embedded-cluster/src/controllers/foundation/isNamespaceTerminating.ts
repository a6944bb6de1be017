import { StatusError } from '../../model/StatusError';

/** A create that a namespace refuses because it is going: nobody needs to be told. */
export function isNamespaceTerminating(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    (error.details?.causes ?? []).some(
      ({ reason }) => reason === 'NamespaceTerminating',
    )
  );
}
