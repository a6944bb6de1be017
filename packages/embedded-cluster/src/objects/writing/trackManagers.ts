import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { trackUpdate } from '../../fields';
import type { ResourceType } from '../../model/ResourceType';
import type { WriteOptions } from '../../ports/ClusterObjects';
import { shaped } from '../kinds/shaped';
import type { Machinery } from './Machinery';

/** Notes in `next.metadata.managedFields` who changed what by a write that is no apply. */
export function trackManagers(
  { clock }: Machinery,
  type: ResourceType,
  old: KubernetesObject | undefined,
  next: KubernetesObject,
  { manager, subresource }: WriteOptions,
): void {
  try {
    next.metadata.managedFields = trackUpdate({
      before: old,
      after: next,
      manager,
      type,
      subresource,
      nowMilliseconds: clock.now(),
    });
  } catch (error) {
    // Of an object that does not fit its kind nobody owns anything, as on the
    // server; validation, which comes next, says what is wrong with it.
    next.metadata.managedFields = [];
  }
  if (shaped<unknown[]>(next.metadata.managedFields).length === 0) {
    delete next.metadata.managedFields;
  }
}
