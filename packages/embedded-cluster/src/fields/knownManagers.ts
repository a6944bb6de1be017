import { apiVersionOf, type ResourceType } from '../model/ResourceType';
import type { Managers } from './managers';
import { mergeTypeOf } from './mergeType';
import { settleFields } from './settleFields';

/**
 * Owners in terms of the kind as it is served now. Forgets those of a version
 * of a built-in kind that is not served: nobody can say what the names in it
 * mean. Versions of a definition's kind share their names, because only the
 * apiVersion is converted between them; but the schema may have changed since.
 * Changes and returns `managers`.
 */
export function knownManagers(
  managers: Managers,
  type: ResourceType,
): Managers {
  const served = apiVersionOf(type);
  for (const [key, ownership] of managers) {
    const { identity } = ownership;
    const known = type.custom
      ? identity.apiVersion.startsWith(`${type.group}/`)
      : identity.apiVersion === served;
    if (!known) {
      managers.delete(key);
    } else if (type.custom) {
      const set = settleFields(mergeTypeOf(type.schema), ownership.set);
      managers.set(key, { ...ownership, set });
    }
  }
  return managers;
}
