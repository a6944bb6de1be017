import { StatusError } from '../model/StatusError';
import { managerKey, type ManagerIdentity } from './managers';
import { printPathElement, type PathElement } from './pathElement';

/** A field that somebody else owns and that an apply would change. */
export interface Conflict {
  owner: ManagerIdentity;
  time?: string;
  path: PathElement[];
}

/** The refusal that names every conflict, as `kubectl apply --server-side` shows it. */
export class ConflictError extends StatusError {
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super({
      code: 409,
      reason: 'Conflict',
      message: messageOf(conflicts),
      details: {
        causes: conflicts.map(conflict => ({
          reason: 'FieldManagerConflict',
          message: `conflict with ${printOwner(conflict)}`,
          field: printPath(conflict.path),
        })),
      },
    });
    this.conflicts = conflicts;
  }
}

function messageOf(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${printOwner(
      conflicts[0],
    )}: ${printPath(conflicts[0].path)}`;
  }
  const byOwner = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const key = managerKey(conflict.owner);
    byOwner.set(key, [...(byOwner.get(key) ?? []), conflict]);
  }
  const lines = [...byOwner.keys()].sort().flatMap(key => {
    const ofOwner = byOwner.get(key) ?? [];
    return [
      `conflicts with ${printOwner(ofOwner[0])}:`,
      ...ofOwner.map(({ path }) => `- ${printPath(path)}`),
    ];
  });
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function printOwner({ owner }: Conflict): string {
  const name = JSON.stringify(owner.manager);
  const through =
    owner.subresource === undefined
      ? name
      : `${name} with subresource ${JSON.stringify(owner.subresource)}`;
  return owner.operation === 'Update'
    ? `${through} using ${owner.apiVersion}`
    : through;
}

function printPath(path: readonly PathElement[]): string {
  return path.map(printPathElement).join('');
}
