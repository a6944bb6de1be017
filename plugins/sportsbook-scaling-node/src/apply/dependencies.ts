import { groupKindOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { KubernetesApiError } from '../errors/KubernetesApiError';
import { ResolvedObject } from './ResolvedObject';

const bindingSchema = z.object({
  roleRef: z.object({ kind: z.string(), name: z.string() }),
});

/** Whether the role that a binding binds comes with the same set. */
function bindsRoleOfSet(
  object: ResolvedObject,
  objects: ResolvedObject[],
): boolean {
  if (
    ![
      'rbac.authorization.k8s.io/RoleBinding',
      'rbac.authorization.k8s.io/ClusterRoleBinding',
    ].includes(groupKindOf(object.ref))
  ) {
    return false;
  }
  const parsed = bindingSchema.safeParse(object.object);
  return (
    parsed.success &&
    objects.some(
      ({ ref }) =>
        ref.kind === parsed.data.roleRef.kind &&
        ref.name === parsed.data.roleRef.name,
    )
  );
}

/**
 * Whether the server refused an object only because something that an earlier
 * stage brings is not there, or has not reached all of its caches.
 *
 * @remarks
 * The server answers 404 for up to half a second after a definition is
 * established, and looks bound roles up in a cache.
 */
export function lacksEarlierStage(
  error: unknown,
  object: ResolvedObject,
  objects: ResolvedObject[],
): boolean {
  if (error instanceof ApiNotInstalledError) {
    return object.awaitsDefinition;
  }
  const isRefusal =
    error instanceof ClusterForbiddenError ||
    (error instanceof KubernetesApiError && error.status === 404);
  return isRefusal && bindsRoleOfSet(object, objects);
}
