import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../model/ChangeSet';
import { listWrittenChanges } from '../model/summarizeChanges';
import { boundedText } from './boundedText';
import { keepCause } from './keepCause';

function describeRollback(changeSet: ChangeSet, waysBack: string[]): string {
  const [deleted, staying] = [true, false].map(isDeleted =>
    listWrittenChanges(
      changeSet.filter(({ action }) => (action === 'deleted') === isDeleted),
    ),
  );
  return `Rolled back what this run had made: ${deleted}. Still changed: ${staying}.${
    waysBack.length === 0 ? '' : ' The log says how to bring it back.'
  }`;
}

/** Applying stopped half-way. */
export class ApplyFailedError extends CustomErrorBase {
  name = 'ApplyFailedError' as const;
  /** Why, without what was changed. */
  readonly reason: string;
  /**
   * What was done to every object of the set: those that were not reached are
   * `skipped`.
   */
  readonly changeSet: ChangeSet;
  /** After a rollback, for each object that stays changed: how to bring it back. */
  readonly waysBack: string[];

  constructor(
    reason: string,
    changeSet: ChangeSet,
    cause?: unknown,
    rolledBack?: { waysBack: string[] },
  ) {
    super(
      `${boundedText(reason)}\n${
        rolledBack === undefined
          ? `Changed before the failure: ${listWrittenChanges(
              changeSet,
            )}. Applying the same manifests again goes on from there.`
          : describeRollback(changeSet, rolledBack.waysBack)
      }`,
    );
    this.reason = reason;
    this.changeSet = changeSet;
    this.waysBack = rolledBack?.waysBack ?? [];
    keepCause(this, cause);
  }
}
