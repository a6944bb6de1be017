import { CustomErrorBase } from '@backstage/errors';
import { BlockedObject, formatBlockedObjects } from '../model/BlockedObject';
import { keepCause } from './keepCause';

/** The wait was ended from outside before the objects were there. They may still get there. */
export class WaitCancelledError extends CustomErrorBase {
  name = 'WaitCancelledError' as const;
  /** All that were not current. */
  readonly blocked: BlockedObject[];

  /** @param reason - of the signal that ended the wait; kept as the cause */
  constructor(reason: unknown, blocked: BlockedObject[]) {
    const said =
      reason instanceof Error && reason.name !== 'AbortError'
        ? ` (${reason.message})`
        : '';
    const { objects, logs } = formatBlockedObjects(blocked);
    super(
      `cancelled${said} while waiting for: ${objects}. Nothing was undone; wait again for the same objects.${logs}`,
    );
    keepCause(this, reason);
    this.blocked = blocked;
  }
}
