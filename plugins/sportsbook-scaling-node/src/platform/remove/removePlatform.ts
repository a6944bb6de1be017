import { deleteObjects } from '../../apply/deleteObjects';
import { ChangeSet } from '../../model/ChangeSet';
import { WrittenKinds } from '../../model/WrittenKinds';
import { PlatformRefusedError } from '../../errors/PlatformRefusedError';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { PlatformReach } from '../PlatformReport';
import { planRemoval } from './planRemoval';

/**
 * Deletes what `platform:install` has made, while nobody needs it.
 *
 * Registrations go first and are waited for: an APIService whose server is gone
 * would hold up the deletion of every namespace. Definitions and namespaces go
 * last.
 *
 * @throws PlatformRefusedError while anybody needs it; nothing was deleted
 * @throws DeleteFailedError with what was deleted until then
 */
export async function removePlatform(options: {
  client: KubernetesClient;
  reach: PlatformReach;
  granted: WrittenKinds;
  /** For each stage's objects to be gone. */
  timeoutSeconds?: number;
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<ChangeSet> {
  const { client, reach, granted, timeoutSeconds, onProgress, signal } =
    options;
  // Asked again: between plan and removal somebody may have come.
  const { objects, leftovers, refusals } = await planRemoval({
    client,
    reach,
    signal,
  });
  if (refusals.length > 0) {
    throw new PlatformRefusedError(client.cluster, refusals);
  }
  const deleted = await deleteObjects({
    client,
    objects,
    granted,
    withContents: true,
    timeoutSeconds,
    onProgress,
    signal,
  });
  if (leftovers.length === 0) {
    return deleted;
  }
  const rest = await deleteObjects({
    client,
    objects: leftovers.map(ref => ({ ref })),
    granted,
    evenForeign: true,
    timeoutSeconds,
    onProgress,
    signal,
  });
  return [...deleted, ...rest];
}
