/**
 * Whether an object has become what its spec says.
 *
 * - `current`: it has.
 * - `inProgress`: its controller is still at it, or tries again by itself.
 * - `failed`: nothing but a change of its spec (or a new object) gets it there.
 * - `terminating`: it is being deleted.
 */
export interface ObjectStatus {
  status: 'current' | 'inProgress' | 'failed' | 'terminating';
  /** Why, in one line: the blocking condition's reason and message where there is one. */
  message: string;
}
