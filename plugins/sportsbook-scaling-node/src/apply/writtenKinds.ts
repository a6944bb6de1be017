import { KubernetesClient } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';
import { WrittenKinds } from '../model/WrittenKinds';
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
 * What a deletion would touch: the objects that are named, and those of
 * manifests, in the namespaces where an apply would have put them.
 *
 * @throws InputError for a namespaced object that is named without a namespace
 */
export async function resolveForDelete(options: {
  client: KubernetesClient;
  manifests: SourcedObject[];
  objects: DeletedObject[];
  namespace: string;
  signal?: AbortSignal;
}): Promise<WrittenKinds & { objects: DeletedObject[] }> {
  const { client, manifests, namespace, signal } = options;
  const catalog = await client.discover({ fresh: true, signal });
  const ofManifests = resolveObjects({ manifests, catalog, namespace });
  const refs = [...options.objects, ...ofManifests].map(({ ref }) => ref);
  const { refs: resolved, ...kinds } = resolveRefs(refs, catalog);
  return {
    ...kinds,
    objects: resolved.map((ref, index) => ({
      ref,
      uid: options.objects[index]?.uid,
    })),
  };
}
