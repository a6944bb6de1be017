import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { CheckResult, PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';

async function checkNamespace(
  {
    client,
    view,
    objects,
    allowedNamespaces: [ownNamespace],
    newNamespace,
  }: PlanContext,
  namespace: string,
  inside: ResolvedObject,
): Promise<CheckResult> {
  const { source } = inside;
  const answer = await view.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  if (answer.status === 'unreadable') {
    return {
      problems: [],
      warnings: [
        `Whether namespace '${namespace}' exists was not checked: ${answer.reason}`,
      ],
    };
  }
  const isInSet = objects.some(
    ({ ref }) =>
      ref.apiVersion === 'v1' &&
      ref.kind === 'Namespace' &&
      ref.name === namespace,
  );
  if (answer.value === undefined) {
    return {
      problems: isInSet
        ? []
        : [
            {
              source,
              message: `cluster '${
                client.cluster
              }' has no namespace '${namespace}', which ${formatObjectRef(
                inside.ref,
              )} belongs to; ${
                newNamespace !== undefined &&
                'refused' in newNamespace &&
                namespace === ownNamespace
                  ? `it is not made, because ${newNamespace.refused}; choose another`
                  : `create it (kubectl create namespace ${namespace}) or choose another`
              }`,
            },
          ],
    };
  }
  return {
    problems:
      answer.value.metadata.deletionTimestamp === undefined
        ? []
        : [
            {
              source,
              message: `namespace '${namespace}' on cluster '${client.cluster}' is being deleted; wait until it is gone, or choose another`,
            },
          ],
  };
}

/** Refuses namespaces that are not allowed, not there, or about to go. */
export const checkNamespaces: PlanCheck = async context => {
  const { objects, allowedNamespaces } = context;
  const namespaced = objects.filter(({ ref }) => ref.namespace !== undefined);
  const [allowed, foreign] = [true, false].map(wanted =>
    namespaced.filter(
      ({ ref }) => allowedNamespaces.includes(ref.namespace ?? '') === wanted,
    ),
  );
  const firstOfEach = new Map<string, ResolvedObject>();
  for (const object of allowed) {
    const { namespace } = object.ref;
    if (namespace !== undefined && !firstOfEach.has(namespace)) {
      firstOfEach.set(namespace, object);
    }
  }
  const results = await Promise.all(
    [...firstOfEach].map(([namespace, inside]) =>
      checkNamespace(context, namespace, inside),
    ),
  );
  const refused = [...firstOfEach.keys()].filter(
    (_, index) => results[index].problems.length > 0,
  );
  return {
    covered: namespaced.filter(
      object =>
        foreign.includes(object) ||
        refused.includes(object.ref.namespace ?? ''),
    ),
    problems: [
      ...foreign.map(({ ref, source }) => ({
        ref,
        source,
        message: `it belongs to namespace '${
          ref.namespace
        }', but only ${allowedNamespaces
          .map(name => `'${name}'`)
          .join(
            ', ',
          )} may be written; remove metadata.namespace from the manifest, or allow the namespace`,
      })),
      ...results.flatMap(({ problems }) => problems),
    ],
    warnings: results.flatMap(({ warnings }) => warnings ?? []),
  };
};
