import { CustomErrorBase } from '@backstage/errors';

/** A field that another field manager owns. */
export interface FieldConflict {
  /** Such as `kubectl-client-side-apply`. */
  manager: string;
  /** Such as `.spec.replicas`. */
  field: string;
}

/** Server-side apply met fields of other owners and was not told to force. */
export class FieldConflictError extends CustomErrorBase {
  name = 'FieldConflictError' as const;
  readonly conflicts: FieldConflict[];

  constructor(message: string, conflicts: FieldConflict[]) {
    super(message);
    this.conflicts = conflicts;
  }
}
