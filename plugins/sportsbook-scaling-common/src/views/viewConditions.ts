import { Condition } from '../snapshot';
import { RawCondition } from '../status/conditions';
import { unixTimestamp } from './unixTimestamp';

/** Conditions as they travel: empty texts left out, statuses other than True and False as Unknown. */
export function viewConditions(conditions: RawCondition[]): Condition[] {
  return conditions.map(({ type, status, reason, message, ...rest }) => {
    const lastTransitionAt = unixTimestamp(rest.lastTransitionTime);
    return {
      type,
      status: status === 'True' || status === 'False' ? status : 'Unknown',
      ...(reason && { reason }),
      ...(message && { message }),
      ...(lastTransitionAt !== undefined && { lastTransitionAt }),
    };
  });
}
