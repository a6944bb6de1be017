import { CustomErrorBase } from '@backstage/errors';
import { BlockedObject, formatBlockedObject } from '../model/BlockedObject';

/** Objects had not become what their specs say when the time was up. They may still. */
export class WaitTimeoutError extends CustomErrorBase {
  name = 'WaitTimeoutError' as const;
  readonly blocked: BlockedObject[];

  constructor(timeoutSeconds: number, blocked: BlockedObject[]) {
    super(
      `timeout after ${timeoutSeconds} s waiting for: ${blocked
        .map(formatBlockedObject)
        .join('; ')}`,
    );
    this.blocked = blocked;
  }
}
