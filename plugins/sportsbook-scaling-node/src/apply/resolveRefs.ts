import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  groupKindOf,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  collectKinds,
  OWN_ROLE_BINDING,
  ROLE_BINDING,
  WrittenKind,
  WrittenKinds,
} from '../model/WrittenKinds';
import { ApiCatalog } from '../ports/KubernetesClient';

/** A kind that is not served may turn out as either: it is what the ref says. */
function isClusterScoped(ref: ObjectRef, catalog: ApiCatalog): boolean {
  const resource = catalog.find(ref.apiVersion, ref.kind);
  return resource === undefined
    ? ref.namespace === undefined
    : !resource.namespaced;
}

function kindOf(ref: ObjectRef): WrittenKind {
  const kind = groupKindOf(ref);
  return ref.namespace === undefined
    ? { list: 'clusterScopedKinds', kind }
    : {
        list: 'kinds',
        // To wait for a binding, or to delete it, gives nobody a right.
        kind: kind === ROLE_BINDING ? OWN_ROLE_BINDING : kind,
      };
}

/**
 * Refs that somebody wrote, as the cluster knows them, and their kinds.
 * Cluster-scoped ones lose a namespace, as with kubectl.
 *
 * @throws InputError listing the objects that need a namespace and name none
 */
export function resolveRefs(
  refs: ObjectRef[],
  catalog: ApiCatalog,
): WrittenKinds & { refs: ObjectRef[] } {
  const homeless = refs.filter(
    ref => ref.namespace === undefined && !isClusterScoped(ref, catalog),
  );
  if (homeless.length > 0) {
    throw new InputError(
      `${homeless.map(formatObjectRef).join(', ')} ${
        homeless.length === 1 ? 'names' : 'name'
      } no namespace, and objects of the kind live in one. Give each a namespace.`,
    );
  }
  const resolved = refs.map(ref => {
    const { namespace, ...rest } = ref;
    return isClusterScoped(ref, catalog) ? rest : ref;
  });
  return { refs: resolved, ...collectKinds(resolved.map(kindOf)) };
}
