import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { z } from 'zod';

/**
 * Reads the fields that a schema names, once for each version of an object:
 * stored objects never change, so what was read holds.
 *
 * @returns a function that throws TypeError naming the object and the fields of another type
 */
export function view<T extends z.ZodType>(
  schema: T,
): (object: KubernetesObject) => z.output<T> {
  const read = new WeakMap<KubernetesObject, z.output<T>>();
  return object => {
    const known = read.get(object);
    if (known !== undefined) {
      return known;
    }
    const parsed = schema.safeParse(object);
    if (!parsed.success) {
      const { kind, metadata } = object;
      throw new TypeError(
        `${kind} ${metadata.namespace ?? ''}/${
          metadata.name
        } cannot be read: ${parsed.error.issues
          .map(issue => `${issue.path.join('.')}: ${issue.message}`)
          .join(', ')}`,
      );
    }
    read.set(object, parsed.data);
    return parsed.data;
  };
}
