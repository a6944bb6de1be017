import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const managersSchema = z.array(
  z.object({
    manager: z.string().optional(),
    operation: z.string().optional(),
    subresource: z.string().optional(),
    time: z.string().optional(),
  }),
);

/**
 * Whether an object that was absent before our write came into being by it, as
 * far as its own record tells: we applied it in the second in which it was
 * created, and nobody else wrote it in that second. In doubt it did not.
 */
export function madeByUs(object: KubernetesObject): boolean {
  const { creationTimestamp, managedFields } = object.metadata;
  const parsed = managersSchema.safeParse(managedFields);
  if (!parsed.success || creationTimestamp === undefined) {
    return false;
  }
  const first = parsed.data.filter(
    ({ subresource, time }) =>
      subresource === undefined && time === creationTimestamp,
  );
  return (
    first.length > 0 &&
    first.every(
      ({ manager, operation }) =>
        manager === FIELD_MANAGER && operation === 'Apply',
    )
  );
}
