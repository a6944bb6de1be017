import { CustomErrorBase } from '@backstage/errors';
import { BlockedObject, formatBlockedObjects } from '../model/BlockedObject';

/** Objects failed for good; waiting longer would change nothing. */
export class WaitFailedError extends CustomErrorBase {
  name = 'WaitFailedError' as const;
  /** All that are not current: those that failed first. */
  readonly blocked: BlockedObject[];

  constructor(blocked: BlockedObject[]) {
    const failed = blocked.filter(({ status }) => status === 'failed');
    const others = blocked.filter(({ status }) => status !== 'failed');
    const { objects } = formatBlockedObjects(failed);
    const { logs } = formatBlockedObjects([...failed, ...others]);
    super(
      `failed: ${objects}. ${
        others.length === 0
          ? ''
          : `Not there yet: ${formatBlockedObjects(others).objects}. `
      }Correct the manifest and apply it again.${logs}`,
    );
    this.blocked = [...failed, ...others];
  }
}
