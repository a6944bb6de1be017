import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { WriteOptions, WriteResult } from '../../ports/ClusterObjects';
import type { Machinery } from './Machinery';
import { trackManagers } from './trackManagers';
import { readIncoming } from './readIncoming';
import { writeNew } from './writeNew';

/** POST. */
export function createObject(
  machinery: Machinery,
  type: ResourceType,
  object: KubernetesObject,
  options: WriteOptions,
): WriteResult {
  const next = readIncoming(machinery, type, object, options);
  trackManagers(machinery, type, undefined, next, options);
  return writeNew(machinery, type, next, options);
}
