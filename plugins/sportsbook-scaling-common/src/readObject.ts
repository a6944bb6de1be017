import { z } from 'zod/v3';
import { UnreadableObjectError } from './errors/UnreadableObjectError';
import { KubernetesObject } from './kubernetesObject';

/**
 * The part of an object that a schema names, with its types checked.
 *
 * @throws UnreadableObjectError naming each field that has another type
 */
export function readObject<T extends z.ZodTypeAny>(
  schema: T,
  object: KubernetesObject,
): z.output<T> {
  const parsed = schema.safeParse(object);
  if (!parsed.success) {
    throw new UnreadableObjectError(
      object,
      parsed.error.issues.map(
        issue => `${issue.path.join('.')}: ${issue.message}`,
      ),
    );
  }
  return parsed.data;
}
