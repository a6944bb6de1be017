import { KubernetesClient } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';
import { objectKey } from '../model/objectKey';
import { WrittenKinds } from '../model/WrittenKinds';
import { ApplySet } from './applySet/ApplySet';
import { findApplySet, SetToDelete } from './applySet/deleteApplySet';
import { openApplySet, prunedBy } from './applySet/openApplySet';
import { ClusterView } from './ClusterView';
import { DeletedObject } from './deleteObjects';
import { kindsWritten } from './kindsWritten';
import { resolveObjects } from './resolveObjects';
import { resolveRefs } from './resolveRefs';

/** The kinds of a set of manifests, as the cluster knows them at this moment. */
export async function writtenKindsOf(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  /** For namespaced objects that name none. */
  namespace: string;
  signal?: AbortSignal;
}): Promise<WrittenKinds> {
  const { client, manifests, namespace, signal } = options;
  const catalog = await client.discover({ fresh: true, signal });
  return kindsWritten(resolveObjects({ manifests, catalog, namespace }));
}

/**
 * What a deletion would touch: the objects that are named, the members of a
 * set, and those of manifests, in the namespaces where an apply would have put them.
 *
 * @throws InputError for a namespaced object that is named without a namespace,
 *   and for a set that cannot be found whole
 */
export async function resolveForDelete(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  objects: DeletedObject[];
  namespace: string;
  /** In which members of the set may be. Default: `namespace` only. */
  otherNamespaces?: string[];
  applySet?: ApplySet;
  signal?: AbortSignal;
}): Promise<WrittenKinds & { objects: DeletedObject[]; set?: SetToDelete }> {
  const { client, manifests, namespace, applySet, signal } = options;
  const set =
    applySet &&
    (await findApplySet({
      client,
      set: applySet,
      allowedNamespaces: [namespace, ...(options.otherNamespaces ?? [])],
      signal,
    }));
  // Those with a uid first, so that the one without is the one left out.
  const named: DeletedObject[] = [...options.objects, ...(set?.members ?? [])];
  const catalog = await client.discover({ fresh: true, signal });
  const ofManifests = resolveObjects({ manifests, catalog, namespace });
  const refs = [...named, ...ofManifests].map(({ ref }) => ref);
  const { refs: resolved, ...kinds } = resolveRefs(refs, catalog);
  const objects = new Map<string, DeletedObject>();
  for (const [index, ref] of resolved.entries()) {
    const key = objectKey(ref);
    if (!objects.has(key)) {
      objects.set(key, { ref, uid: named[index]?.uid });
    }
  }
  return { ...kinds, objects: [...objects.values()], set };
}

/**
 * What a pruning would delete, as a policy sees it; nothing where the set is
 * new.
 */
export async function prunedKindsOf(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  namespace: string;
  otherNamespaces: string[];
  applySet: ApplySet;
  signal?: AbortSignal;
}): Promise<WrittenKinds> {
  const { client, manifests, namespace, otherNamespaces, applySet, signal } =
    options;
  const catalog = await client.discover({ signal });
  const opened = await openApplySet({
    client,
    catalog,
    view: new ClusterView({ client, signal }),
    set: applySet,
    wanted: resolveObjects({ manifests, catalog, namespace }).map(
      ({ ref }) => ref,
    ),
    prune: true,
    allowedNamespaces: [namespace, ...otherNamespaces],
    signal,
  });
  const { kinds, clusterScopedKinds } = resolveRefs(
    prunedBy(opened).map(({ ref }) => ref),
    catalog,
  );
  return { kinds, clusterScopedKinds };
}
