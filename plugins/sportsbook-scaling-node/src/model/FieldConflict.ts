/** A field that another field manager owns. */
export interface FieldConflict {
  /** Such as `kubectl-client-side-apply`. */
  manager: string;
  /** Such as `.spec.replicas`. */
  field: string;
  /** What stands there, as JSON, shortened, secrets masked; undefined where it is not known. */
  live?: string;
  /** What the manifest says, in the same form. */
  ours?: string;
}

function formatField({ field, live, ours }: FieldConflict): string {
  return live === undefined && ours === undefined
    ? field
    : `${field} (live ${live ?? 'absent'}, ours ${ours ?? 'absent'})`;
}

/**
 * `.spec.replicas (live 3, ours 2) belongs to keda; .spec.paused, .spec.selector
 * belong to kubectl`: each manager once, values where they are known.
 */
export function formatFieldConflicts(conflicts: FieldConflict[]): string {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))];
  return managers
    .map(manager => {
      const fields = conflicts
        .filter(conflict => conflict.manager === manager)
        .map(formatField);
      return `${fields.join(', ')} ${
        fields.length === 1 ? 'belongs' : 'belong'
      } to ${manager}`;
    })
    .join('; ');
}
