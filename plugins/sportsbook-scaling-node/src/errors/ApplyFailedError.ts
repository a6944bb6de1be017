import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../apply/ChangeSet';
import { listWrittenChanges } from '../apply/summarizeChanges';

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
    // Not handed to the base class, which would append the cause's raw text.
    if (cause instanceof Error) {
      Object.defineProperty(this, 'cause', { value: cause, enumerable: false });
    }
  }
}
