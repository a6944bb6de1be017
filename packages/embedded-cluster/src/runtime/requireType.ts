import type { ResourceType } from '../model/ResourceType';
import type { ClusterObjects } from '../ports/ClusterObjects';

/**
 * A kind that a controller cannot work without.
 *
 * @throws Error where nothing serves it: its definition was not installed, or was deleted, or recorded types are incomplete
 */
export function requireType(
  objects: ClusterObjects,
  apiVersion: string,
  kind: string,
): ResourceType {
  const type = objects.typeOf(apiVersion, kind);
  if (type === undefined) {
    throw new Error(
      `${kind} of ${apiVersion} is not served; restart the embedded cluster, which serves it from its start`,
    );
  }
  return type;
}
