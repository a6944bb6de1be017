import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSetEntry } from '../model/ChangeSet';
import { mapInFlight } from './mapInFlight';
import { PlanContext } from './PlanContext';
import { ResolvedObject } from './ResolvedObject';

const KUSTOMIZATION_LABELS = [
  'kustomize.toolkit.fluxcd.io/namespace',
  'kustomize.toolkit.fluxcd.io/name',
];
const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';

/** Which controller's object an object belongs to already; undefined: none says so. */
function delivererOf(metadata: {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}): string | undefined {
  const kustomization = KUSTOMIZATION_LABELS.map(
    label => metadata.labels?.[label],
  ).filter(part => part !== undefined);
  const application = metadata.annotations?.[ARGO_TRACKING]?.split(':')[0];
  if (kustomization.length > 0) {
    return `Kustomization ${kustomization.join('/')}`;
  }
  return application === undefined ? undefined : `Application ${application}`;
}

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
      const entry = { ref, file: source.file, line: source.line, warnings: [] };
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
      const { uid, labels, annotations } = live.value.metadata;
      const deliverer = delivererOf({ labels, annotations });
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
