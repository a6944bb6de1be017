import { CustomErrorBase } from '@backstage/errors';
import { BlockedObject, formatBlockedObject } from '../model/BlockedObject';

/** Objects failed for good; waiting longer would change nothing. */
export class WaitFailedError extends CustomErrorBase {
  name = 'WaitFailedError' as const;
  readonly blocked: BlockedObject[];

  constructor(blocked: BlockedObject[]) {
    super(
      `failed: ${blocked
        .map(formatBlockedObject)
        .join('; ')}. Correct the manifest and apply it again.`,
    );
    this.blocked = blocked;
  }
}
