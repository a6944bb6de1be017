import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';

/** A built-in kind, which is always served. */
export function requireType(
  objects: ClusterObjects,
  apiVersion: string,
  kind: string,
): ResourceType {
  const type = objects.typeOf(apiVersion, kind);
  if (type === undefined) {
    throw new Error(
      `The cluster serves no ${kind} of ${apiVersion}: the recorded types are incomplete`,
    );
  }
  return type;
}
