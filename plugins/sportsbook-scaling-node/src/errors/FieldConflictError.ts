import { CustomErrorBase } from '@backstage/errors';
import { FieldConflict } from '../model/FieldConflict';

/** Server-side apply met fields of other owners and was not told to force. */
export class FieldConflictError extends CustomErrorBase {
  name = 'FieldConflictError' as const;
  readonly conflicts: FieldConflict[];

  constructor(message: string, conflicts: FieldConflict[]) {
    super(message);
    this.conflicts = conflicts;
  }
}
