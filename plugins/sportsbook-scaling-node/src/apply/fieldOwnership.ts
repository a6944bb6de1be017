import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const managedFieldsSchema = z.array(
  z.object({
    manager: z.string().optional(),
    operation: z.string().optional(),
    subresource: z.string().optional(),
    fieldsV1: z.record(z.unknown()).default({}),
  }),
);

/** Who owns which fields; empty where the server does not tell. */
export function managedFieldsOf(
  object: KubernetesObject,
): z.output<typeof managedFieldsSchema> {
  const parsed = managedFieldsSchema.safeParse(object.metadata.managedFields);
  return parsed.success ? parsed.data : [];
}

/**
 * The fields that a manager owns by server-side apply, as Kubernetes' nested
 * `f:` sets; undefined where it has applied nothing.
 */
export function fieldsOwnedBy(
  object: KubernetesObject,
  manager: string,
): Record<string, unknown> | undefined {
  const parsed = managedFieldsSchema.safeParse(object.metadata.managedFields);
  return parsed.success
    ? parsed.data.find(
        entry =>
          entry.manager === manager &&
          entry.operation === 'Apply' &&
          entry.subresource === undefined,
      )?.fieldsV1
    : undefined;
}

/** Whether a manager owns the field at a path such as `['spec', 'replicas']`. */
export function ownsField(
  object: KubernetesObject,
  manager: string,
  path: string[],
): boolean {
  let fields: unknown = fieldsOwnedBy(object, manager);
  for (const key of path) {
    if (typeof fields !== 'object' || fields === null) {
      return false;
    }
    fields = (fields as Record<string, unknown>)[`f:${key}`];
  }
  return fields !== undefined;
}
