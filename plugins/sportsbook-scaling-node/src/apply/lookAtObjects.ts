import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSetEntry } from '../model/ChangeSet';
import { delivererOf } from './keeperOf';
import { mapInFlight } from './mapInFlight';
import { PlanContext } from './PlanContext';
import { ResolvedObject } from './ResolvedObject';

/**
 * What can be said of each object by reading alone, where somebody else writes
 * it: whether it is there. What the server would make of it stays open.
 */
export async function lookAtObjects(
  { view, objects }: PlanContext,
  options: { except: readonly ResolvedObject[] },
): Promise<ChangeSetEntry[]> {
  return mapInFlight(
    objects.filter(object => !options.except.includes(object)),
    async ({ ref, source, awaitsDefinition }): Promise<ChangeSetEntry> => {
      const { file, document, line } = source;
      const entry = { ref, file, document, line, warnings: [] };
      const live = awaitsDefinition
        ? ({ status: 'read', value: undefined } as const)
        : await view.get(ref);
      if (live.status === 'unreadable') {
        return {
          ...entry,
          action: 'unverifiable',
          reason: `it may not be read: ${live.reason}`,
        };
      }
      if (live.value === undefined) {
        return { ...entry, action: 'created' };
      }
      const { uid } = live.value.metadata;
      const deliverer = delivererOf(live.value);
      return {
        ...entry,
        uid,
        action: 'unverifiable',
        reason: 'it is there already; what would change was not tried',
        warnings: [
          deliverer === undefined
            ? `${formatObjectRef(
                ref,
              )} exists and no controller says that it is its own; whoever delivers will take it over`
            : `${formatObjectRef(ref)} belongs to ${deliverer} already`,
        ],
      };
    },
  );
}
