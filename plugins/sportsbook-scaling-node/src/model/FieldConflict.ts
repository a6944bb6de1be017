/** A field that another field manager owns. */
export interface FieldConflict {
  /** Such as `kubectl-client-side-apply`. */
  manager: string;
  /** Such as `.spec.replicas`. */
  field: string;
}

/** `.spec.replicas belongs to keda; .spec.paused, .spec.selector belong to kubectl`: each manager once. */
export function formatFieldConflicts(conflicts: FieldConflict[]): string {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))];
  return managers
    .map(manager => {
      const fields = conflicts
        .filter(conflict => conflict.manager === manager)
        .map(({ field }) => field);
      return `${fields.join(', ')} ${
        fields.length === 1 ? 'belongs' : 'belong'
      } to ${manager}`;
    })
    .join('; ');
}
