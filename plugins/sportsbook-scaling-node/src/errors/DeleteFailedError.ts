import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../model/ChangeSet';
import { listWrittenChanges } from '../model/summarizeChanges';

/** Deleting stopped half-way. */
export class DeleteFailedError extends CustomErrorBase {
  name = 'DeleteFailedError' as const;
  /** What was done before, in order. */
  readonly changeSet: ChangeSet;

  constructor(reason: string, changeSet: ChangeSet) {
    super(
      `${reason}\nChanged before the failure: ${listWrittenChanges(
        changeSet,
      )}. Deleting again goes on from there.`,
    );
    this.changeSet = changeSet;
  }
}
