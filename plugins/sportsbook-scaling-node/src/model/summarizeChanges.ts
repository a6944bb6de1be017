import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeAction, ChangeSet } from './ChangeSet';

const ORDER: ChangeAction[] = [
  'created',
  'configured',
  'deleted',
  'unchanged',
  'failed',
  'unknown',
  'skipped',
  'unverifiable',
];

/** `3 created, 1 configured`; `nothing` for an empty change set. */
export function countChanges(changeSet: ChangeSet): string {
  const counts = ORDER.map(action => ({
    action,
    count: changeSet.filter(entry => entry.action === action).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0
    ? 'nothing'
    : counts.map(({ action, count }) => `${count} ${action}`).join(', ');
}

/** `created Service betting/odds, configured Deployment betting/odds`: only what was written. */
export function listWrittenChanges(changeSet: ChangeSet): string {
  const written = changeSet.filter(({ action }) =>
    ['created', 'configured', 'deleted'].includes(action),
  );
  return written.length === 0
    ? 'nothing'
    : written
        .map(({ action, ref }) => `${action} ${formatObjectRef(ref)}`)
        .join(', ');
}
