import {
  formatObjectRef,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FieldConflict } from './FieldConflict';
import { formatManifestSource, ManifestSource } from './SourcedObject';

/** One reason why a set of manifests cannot be applied as it is. */
export interface PlanProblem {
  /** The object it is about; undefined where it is about the cluster. */
  ref?: ObjectRef;
  source?: ManifestSource;
  /** The reason and the next step, without the object's name. */
  message: string;
  /** The fields of other owners, where those alone are the problem. */
  conflicts?: FieldConflict[];
}

/** `k8s/x.yaml, document 2, line 14: Deployment betting/odds: …`. */
export function formatPlanProblem({
  ref,
  source,
  message,
}: PlanProblem): string {
  return [
    source === undefined ? undefined : formatManifestSource(source),
    ref === undefined ? undefined : formatObjectRef(ref),
    message,
  ]
    .filter(part => part !== undefined)
    .join(': ');
}
