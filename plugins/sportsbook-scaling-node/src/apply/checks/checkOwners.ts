import {
  formatObjectRef,
  KubernetesObject,
  LABELS,
  SCALED_OBJECT_ANNOTATIONS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { APPLY_SET } from '../applySet/applySetNames';
import { keeperOf } from '../keeperOf';
import { mapInFlight } from '../mapInFlight';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';

/** The entity as both objects name it: by its whole ref where both do, else by its kubernetes id. */
function entitiesOf(...objects: [KubernetesObject, KubernetesObject]) {
  const [refs, ids] = [
    objects.map(
      ({ metadata }) =>
        metadata.annotations?.[SCALED_OBJECT_ANNOTATIONS.entityRef],
    ),
    objects.map(({ metadata }) => metadata.labels?.[LABELS.kubernetesId]),
  ];
  return refs.includes(undefined) ? ids : refs;
}

/**
 * Field managers cannot tell two entities apart that this same engine writes:
 * the second would overwrite the first without a conflict.
 */
function ofAnotherEntity(
  live: KubernetesObject,
  { object, ref, source }: ResolvedObject,
): Pick<CheckResult, 'problems'> {
  const [theirs, ours] = entitiesOf(live, object);
  return theirs === undefined || ours === undefined || theirs === ours
    ? { problems: [] }
    : {
        problems: [
          {
            ref,
            source,
            message: `it belongs to '${theirs}' on the cluster, and to '${ours}' in the manifest; choose another name or namespace, or delete what '${theirs}' has there first`,
          },
        ],
      };
}

function warningsFor(
  context: PlanContext,
  live: KubernetesObject,
  { object, ref }: ResolvedObject,
): string[] {
  const name = formatObjectRef(ref);
  const keeper = keeperOf(live);
  const set = live.metadata.labels?.[APPLY_SET.partOf];
  const leavesSet =
    set !== undefined &&
    context.applySet === undefined &&
    object.metadata.labels?.[APPLY_SET.partOf] === undefined;
  return [
    ...(keeper === undefined
      ? []
      : [
          `${name} belongs to ${keeper}, which may write it back; change it there instead`,
        ]),
    ...(leavesSet
      ? [
          `${name} is a member of the ApplySet '${set}' and leaves it, since these manifests are applied without a set`,
        ]
      : []),
  ];
}

/** Refuses objects of other entities, and warns of those that somebody else keeps as they are. */
export const checkOwners: PlanCheck = async context => {
  const { objects, view, writer } = context;
  if (writer !== 'self') {
    return { problems: [] };
  }
  const results = await mapInFlight(
    objects.filter(({ awaitsDefinition }) => !awaitsDefinition),
    async (object): Promise<CheckResult> => {
      const live = await view.get(object.ref);
      return live.status === 'unreadable' || live.value === undefined
        ? { problems: [] }
        : {
            ...ofAnotherEntity(live.value, object),
            warnings: warningsFor(context, live.value, object),
          };
    },
  );
  const problems = results.flatMap(result => result.problems);
  return {
    problems,
    warnings: results.flatMap(({ warnings }) => warnings ?? []),
    covered: objects.filter(({ source }) =>
      problems.some(problem => problem.source === source),
    ),
  };
};
