import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../../model/objectKey';
import { PlanProblem } from '../../model/PlanProblem';
import { applySetId, parentRefOf } from '../applySet/ApplySet';
import { APPLY_SET } from '../applySet/applySetNames';
import { OpenedApplySet, prunedBy } from '../applySet/openApplySet';
import { parentProblem } from '../applySet/parentObject';
import { mapInFlight } from '../mapInFlight';
import { PlanCheck, PlanContext } from '../PlanContext';
import { resolveRefs } from '../resolveRefs';
import { describeMissingRight } from './describeMissingRight';

async function missingRights(
  { client, catalog, signal }: PlanContext,
  opened: OpenedApplySet,
): Promise<PlanProblem[]> {
  const { set, parent } = opened;
  const isThere = parent.status === 'read' && parent.value !== undefined;
  const ofParent = ['get', 'patch', ...(isThere ? [] : ['create'])].map(
    verb => ({
      verb,
      group: '',
      resource: 'configmaps',
      namespace: set.namespace,
      // A create is decided before there is a name.
      ...(verb === 'create' ? {} : { name: set.name }),
    }),
  );
  const ofPruned = prunedBy(opened).flatMap(({ ref }) => {
    const resource = catalog.find(ref.apiVersion, ref.kind);
    return resource === undefined
      ? []
      : {
          verb: 'delete',
          group: ref.apiVersion.includes('/')
            ? ref.apiVersion.split('/')[0]
            : '',
          resource: resource.plural,
          namespace: ref.namespace,
          name: ref.name,
        };
  });
  const asked = await mapInFlight([...ofParent, ...ofPruned], async question =>
    (await client.can(question, { signal })).allowed ? undefined : question,
  );
  const missing = new Map(
    asked
      .filter(question => question !== undefined)
      .map(({ name, ...question }) => [JSON.stringify(question), question]),
  );
  return [...missing.values()].map(question => ({
    message: describeMissingRight(client.cluster, question, [question.verb]),
  }));
}

/** What is pruned needs to be granted as what is deleted. */
function refusedKinds(
  { catalog, granted }: PlanContext,
  opened: OpenedApplySet,
): PlanProblem[] {
  return granted === undefined
    ? []
    : prunedBy(opened).flatMap(({ ref }) => {
        const { kinds, clusterScopedKinds } = resolveRefs([ref], catalog);
        return [
          ...kinds.filter(kind => !granted.kinds.includes(kind)),
          ...clusterScopedKinds.filter(
            kind => !granted.clusterScopedKinds.includes(kind),
          ),
        ].map(kind => ({
          ref,
          message: `it would be pruned, and its kind '${kind}' was not among those that the cluster was opened for; start again, so that the kind is asked for`,
        }));
      });
}

/**
 * Refuses a set whose ConfigMap stands for something else or may not be
 * written, objects that belong to another set already, and prunings that were
 * not granted.
 */
export const checkApplySet: PlanCheck = async context => {
  const { applySet: opened, view, objects, allowedNamespaces } = context;
  if (opened === undefined) {
    return { problems: [] };
  }
  const { set, parent, warnings } = opened;
  if (parent.status === 'unreadable') {
    return {
      problems: [
        {
          message: `${formatObjectRef(
            parentRefOf(set),
          )}, which stands for the set, may not be read: ${parent.reason}`,
        },
      ],
    };
  }
  const wrongPlace = allowedNamespaces.includes(set.namespace)
    ? []
    : [
        {
          message: `${formatObjectRef(
            parentRefOf(set),
          )}, which stands for the set, is outside ${allowedNamespaces
            .map(name => `'${name}'`)
            .join(', ')}. Choose one of these namespaces for it.`,
        },
      ];
  const overwritten = objects
    .filter(({ ref }) => objectKey(ref) === objectKey(parentRefOf(set)))
    .map(({ ref, source }) => ({
      ref,
      source,
      message:
        'a ConfigMap of this name stands for the set itself. Give the set another name.',
    }));
  const wrongParent =
    parent.value === undefined ? undefined : parentProblem(set, parent.value);
  const members = objects.filter(
    ({ isOfPlatform, awaitsDefinition }) => !isOfPlatform && !awaitsDefinition,
  );
  const ofOthers = await mapInFlight(members, async ({ ref, source }) => {
    const live = await view.get(ref);
    const label =
      live.status === 'read'
        ? live.value?.metadata.labels?.[APPLY_SET.partOf]
        : undefined;
    return label === undefined || label === applySetId(set)
      ? []
      : [
          {
            ref,
            source,
            message: `it belongs to another ApplySet, '${label}'. Take it out of that one, or leave it out of these manifests.`,
          },
        ];
  });
  return {
    problems: [
      ...wrongPlace,
      ...overwritten,
      ...(wrongParent === undefined ? [] : [{ message: wrongParent }]),
      ...ofOthers.flat(),
      ...refusedKinds(context, opened),
      ...(await missingRights(context, opened)),
    ],
    warnings,
  };
};
