import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../model/ChangeSet';
import { listWrittenChanges } from '../model/summarizeChanges';
import { keepCause } from './keepCause';

/** Applying stopped half-way. */
export class ApplyFailedError extends CustomErrorBase {
  name = 'ApplyFailedError' as const;
  /** What was done before, in order. */
  readonly changeSet: ChangeSet;

  constructor(reason: string, changeSet: ChangeSet, cause?: unknown) {
    super(
      `${reason}\nChanged before the failure: ${listWrittenChanges(
        changeSet,
      )}. Applying the same manifests again goes on from there.`,
    );
    this.changeSet = changeSet;
    keepCause(this, cause);
  }
}
