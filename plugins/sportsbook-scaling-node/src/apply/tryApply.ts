import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FieldConflictError } from '../errors/FieldConflictError';
import { keepCause } from '../errors/keepCause';
import { FieldConflict, formatFieldConflicts } from '../model/FieldConflict';
import { ApplyResult, KubernetesClient } from '../ports/KubernetesClient';
import { valueAtPath } from './fieldPath';
import { Migration, tryMigration } from './migrateManagers';
import { ResolvedObject } from './ResolvedObject';
import { maskSecrets, withStoredData } from './secretValues';
import { mayForce, WriteChoices } from './WriteChoices';

/** What the server makes of an object in a dry run. */
export interface Tried extends ApplyResult {
  /** Whether the write has to be forced. */
  force: boolean;
  /** Fields that are taken over from their owners, where only these may be. */
  takenOver: FieldConflict[];
}

const LONGEST_VALUE_CHARACTERS = 80;

function shown(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text.length <= LONGEST_VALUE_CHARACTERS
    ? text
    : `${text.slice(0, LONGEST_VALUE_CHARACTERS)}…`;
}

/** With what stands there and what the manifest says; secrets are masked. */
function withValues(
  conflicts: FieldConflict[],
  live: KubernetesObject | undefined,
  wanted: KubernetesObject,
): FieldConflict[] {
  // Each for itself: that they differ is known.
  const { before } = maskSecrets({ before: live && withStoredData(live) });
  const { after } = maskSecrets({ after: withStoredData(wanted) });
  return conflicts.map(conflict => ({
    ...conflict,
    live: shown(valueAtPath(before, conflict.field)),
    ours: shown(valueAtPath(after, conflict.field)),
  }));
}

function refusal(
  { ref }: ResolvedObject,
  conflicts: FieldConflict[],
  cause: FieldConflictError,
): FieldConflictError {
  const byKubectl = conflicts.filter(({ manager }) =>
    manager.startsWith('kubectl'),
  );
  const error = new FieldConflictError(
    `${formatFieldConflicts(
      conflicts,
    )}. Leave these fields out of the manifest, or name them in forceConflicts to take over just them${
      byKubectl.length === 0
        ? ''
        : `; to manage all that ${byKubectl[0].manager} wrote to the ${ref.kind}, name it in migrateFrom`
    }.`,
    conflicts,
  );
  keepCause(error, cause);
  return error;
}

/**
 * Lets the server try an object.
 *
 * @remarks
 * The server can force a whole object only. So the first attempt is made
 * without, and the second with force only where every single conflict of the
 * first is one that the choices name, or one with a manager that is migrated.
 *
 * @throws FieldConflictError with the values, where a conflict is left
 */
export async function tryApply(options: {
  client: KubernetesClient;
  object: ResolvedObject;
  live: KubernetesObject | undefined;
  choices: WriteChoices;
  migration: Migration | undefined;
  signal?: AbortSignal;
}): Promise<Tried> {
  const { client, object, live, choices, migration, signal } = options;
  const dryRun = (force: boolean) =>
    client.apply(object.object, { dryRun: true, force, signal });
  const force = choices.force === true;
  try {
    return {
      ...(await withMigration(await dryRun(force))),
      force,
      takenOver: [],
    };
  } catch (error) {
    if (!(error instanceof FieldConflictError)) {
      throw error;
    }
    const conflicts = withValues(error.conflicts, live, object.object);
    const left = conflicts.filter(
      ({ manager }) => migration?.managers.includes(manager) !== true,
    );
    const refused = left.filter(
      ({ field }) => !mayForce(choices, object.ref, field),
    );
    if (refused.length > 0) {
      throw refusal(object, refused, error);
    }
    return {
      ...(await withMigration(await dryRun(true))),
      force: left.length > 0,
      takenOver: left,
    };
  }

  async function withMigration(tried: ApplyResult): Promise<ApplyResult> {
    return migration === undefined || live === undefined
      ? tried
      : {
          ...tried,
          object: await tryMigration({
            client,
            live,
            migration,
            tried: tried.object,
            signal,
          }),
        };
  }
}
