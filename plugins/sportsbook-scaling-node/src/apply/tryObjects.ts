import { AdmissionDeniedError } from '../errors/AdmissionDeniedError';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { FieldConflictError } from '../errors/FieldConflictError';
import { ImmutableFieldError } from '../errors/ImmutableFieldError';
import { KubernetesApiError } from '../errors/KubernetesApiError';
import { ChangeSetEntry } from '../model/ChangeSet';
import { PlanProblem } from '../model/PlanProblem';
import { compareWithCluster } from './compareWithCluster';
import { lacksEarlierStage } from './dependencies';
import { describeRefusal } from './describeRefusal';
import { mapInFlight } from './mapInFlight';
import { diffObject, ObjectDiff } from './objectDiff';
import { PlanContext } from './PlanContext';
import { withReplicasHandover } from './replicasHandover';
import { ResolvedObject } from './ResolvedObject';
import { APPLY_STAGES } from './stages';

type Outcome =
  | { entry: ChangeSetEntry; diff?: ObjectDiff }
  | { problem: PlanProblem };

/** Whether the cluster refused this one object, as opposed to the whole conversation. */
function isRefusal(error: unknown): error is Error {
  return [
    AdmissionDeniedError,
    ApiNotInstalledError,
    ClusterForbiddenError,
    FieldConflictError,
    ImmutableFieldError,
    KubernetesApiError,
  ].some(refusal => error instanceof refusal);
}

/** Why an object cannot be tried yet; undefined: it can. */
async function reasonToWait(
  { objects, view }: PlanContext,
  object: ResolvedObject,
): Promise<string | undefined> {
  if (object.awaitsDefinition) {
    return 'its definition comes with this set';
  }
  const { namespace } = object.ref;
  const comesWithSet =
    namespace !== undefined &&
    objects.some(
      ({ ref }) =>
        ref.apiVersion === 'v1' &&
        ref.kind === 'Namespace' &&
        ref.name === namespace,
    );
  if (!comesWithSet) {
    return undefined;
  }
  const live = await view.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  return live.status === 'read' && live.value === undefined
    ? 'its namespace comes with this set'
    : undefined;
}

async function tryObject(
  context: PlanContext,
  object: ResolvedObject,
  options: { force?: boolean; diff?: boolean },
): Promise<Outcome> {
  const { client, objects, choices, signal } = context;
  const { force, diff: withDiff = false } = options;
  const { ref, source } = object;
  const unverifiable = (reason: string): Outcome => ({
    entry: {
      ref,
      action: 'unverifiable',
      file: source.file,
      document: source.document,
      line: source.line,
      reason,
      warnings: [],
    },
    diff: withDiff ? diffObject(ref, { after: object.object }) : undefined,
  });
  const reason = await reasonToWait(context, object);
  if (reason !== undefined) {
    return unverifiable(reason);
  }
  try {
    const comparison = await compareWithCluster({
      client,
      object,
      force,
      choices,
      signal,
    });
    const { entry } = await withReplicasHandover(context, comparison);
    const { live, desired } = comparison;
    return {
      entry,
      diff:
        withDiff && entry.action !== 'unchanged'
          ? diffObject(ref, { before: live, after: desired })
          : undefined,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isRefusal(error)) {
      throw error;
    }
    return lacksEarlierStage(error, object, objects)
      ? unverifiable('the role that it binds comes with this set')
      : {
          problem: {
            source,
            message: describeRefusal(ref, error),
            ...(error instanceof FieldConflictError
              ? { conflicts: error.conflicts }
              : {}),
          },
        };
  }
}

/**
 * Lets the server try each object in a dry run, stage by stage.
 *
 * @returns what would be done, and what speaks against it
 */
export async function tryObjects(
  context: PlanContext,
  options: {
    force?: boolean;
    /** Objects whose problems are known already. */
    except: readonly ResolvedObject[];
    /** Whether to tell what changes in each object. Default false. */
    diff?: boolean;
  },
): Promise<{
  changes: ChangeSetEntry[];
  problems: PlanProblem[];
  diffs: ObjectDiff[];
}> {
  const outcomes: Outcome[] = [];
  for (const stage of APPLY_STAGES.keys()) {
    const members = context.objects.filter(
      object => object.stage === stage && !options.except.includes(object),
    );
    outcomes.push(
      ...(await mapInFlight(members, async object => {
        context.signal?.throwIfAborted();
        return tryObject(context, object, options);
      })),
    );
  }
  return {
    changes: outcomes.flatMap(outcome =>
      'entry' in outcome ? [outcome.entry] : [],
    ),
    diffs: outcomes.flatMap(outcome =>
      'diff' in outcome && outcome.diff !== undefined ? [outcome.diff] : [],
    ),
    problems: outcomes.flatMap(outcome =>
      'problem' in outcome ? [outcome.problem] : [],
    ),
  };
}
