import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceType } from '../model/ResourceType';
import type { KubeletContext } from './KubeletContext';

/** Removes logs and folders of pods that were deleted while nobody was here. */
export function removeOrphans(
  {
    objects,
    logs,
    podsDirectory,
  }: Pick<KubeletContext, 'objects' | 'logs' | 'podsDirectory'>,
  podType: ResourceType,
): void {
  const uids = new Set(
    objects.list(podType).items.map(({ metadata }) => metadata.uid),
  );
  for (const uid of logs.uids()) {
    if (!uids.has(uid)) {
      logs.removePod(uid);
    }
  }
  for (const uid of readdirSync(podsDirectory)) {
    if (!uids.has(uid)) {
      rmSync(join(podsDirectory, uid), { recursive: true, force: true });
    }
  }
}
