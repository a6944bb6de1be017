/** A container that this cluster does not run, and why. The text ends up in the pod's status. */
export class CannotRunError extends Error {
  readonly name = 'CannotRunError' as const;
}
