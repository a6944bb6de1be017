import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../model/ChangeSet';
import { listWrittenChanges } from '../model/summarizeChanges';
import { boundedText } from './boundedText';

/** Deleting stopped half-way. */
export class DeleteFailedError extends CustomErrorBase {
  name = 'DeleteFailedError' as const;
  /** What became of every object; those that were not reached are `skipped`. */
  readonly changeSet: ChangeSet;

  constructor(reason: string, changeSet: ChangeSet) {
    super(
      `${boundedText(reason)}\nChanged before the failure: ${listWrittenChanges(
        changeSet,
      )}. Deleting again goes on from there.`,
    );
    this.changeSet = changeSet;
  }
}
