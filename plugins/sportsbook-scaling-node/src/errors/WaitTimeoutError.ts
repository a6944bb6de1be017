import { CustomErrorBase } from '@backstage/errors';
import { BlockedObject, formatBlockedObjects } from '../model/BlockedObject';

/** Objects had not become what their specs say when the time was up. They may still. */
export class WaitTimeoutError extends CustomErrorBase {
  name = 'WaitTimeoutError' as const;
  readonly blocked: BlockedObject[];

  constructor(timeoutSeconds: number, blocked: BlockedObject[]) {
    const { objects, logs } = formatBlockedObjects(blocked);
    super(`timeout after ${timeoutSeconds} s waiting for: ${objects}${logs}`);
    this.blocked = blocked;
  }
}
