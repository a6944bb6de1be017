import { NotAllowedError } from '@backstage/errors';
import { KubernetesClient } from '../ports/KubernetesClient';
import { WrittenKinds } from '../model/WrittenKinds';
import type { DeletedObject } from './deleteObjects';
import { resolveRefs } from './resolveRefs';

/**
 * A kind may be served in another scope than when it was asked for, and a
 * caller may have asked for too little.
 *
 * @throws NotAllowedError naming the kinds that were not granted
 */
export async function assertKindsGranted(options: {
  client: KubernetesClient;
  objects: DeletedObject[];
  /** Undefined: any kind. */
  granted?: WrittenKinds;
  signal?: AbortSignal;
}): Promise<void> {
  const { client, objects, granted, signal } = options;
  if (granted === undefined) {
    return;
  }
  const catalog = await client.discover({ fresh: true, signal });
  const { kinds, clusterScopedKinds } = resolveRefs(
    objects.map(({ ref }) => ref),
    catalog,
  );
  const refused = [
    ...kinds.filter(kind => !granted.kinds.includes(kind)),
    ...clusterScopedKinds.filter(
      kind => !granted.clusterScopedKinds.includes(kind),
    ),
  ];
  if (refused.length > 0) {
    throw new NotAllowedError(
      `Nothing was deleted: ${refused
        .map(kind => `'${kind}'`)
        .join(', ')} was not among the kinds that cluster '${
        client.cluster
      }' was opened for. Start again, so that the kind is asked for`,
    );
  }
}
