import { objectRefOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { objectKey } from '../model/objectKey';
import { SourcedObject } from '../model/SourcedObject';
import { KubernetesClient } from '../ports/KubernetesClient';
import { PlatformDecision } from './decidePlatform';
import { findInstalled } from './findInstalled';
import { PlatformObject } from './platformManifests';
import { PlatformReach } from './PlatformReport';

/**
 * What the release that is upgraded from had, and the new one has not.
 *
 * Definitions and namespaces may be among it, and stay when it is deleted: their
 * contents are people's.
 */
export async function findLeftBehind(options: {
  client: KubernetesClient;
  decisions: PlatformDecision[];
  /** What the new releases have. */
  objects: PlatformObject[];
  reach: PlatformReach;
  signal?: AbortSignal;
}): Promise<SourcedObject[]> {
  const { client, decisions, objects, reach, signal } = options;
  const upgraded = decisions.filter(({ verdict }) => verdict === 'upgrade');
  if (upgraded.length === 0) {
    return [];
  }
  const wanted = new Set(
    objects.map(({ object }) => objectKey(objectRefOf(object))),
  );
  const installed = await findInstalled({ client, reach, signal });
  return installed
    .filter(
      ({ component, object }) =>
        upgraded.some(decision => decision.component === component) &&
        !wanted.has(objectKey(objectRefOf(object))),
    )
    .map(({ object }) => ({
      object,
      source: { file: 'an earlier installation', document: 1, line: 1 },
    }));
}
