import { qualifiedResource, StatusError } from '../../model/StatusError';
import type { AccessRequest } from '../../ports/Authorizer';

/** The refusal of a request that no rule allows. */
export function forbidden(access: AccessRequest): StatusError {
  const { user, verb, path, resource, subresource, namespace, name } = access;
  if (resource === undefined) {
    return new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User "${user.username}" cannot ${verb} path "${path}"`,
      details: {},
    });
  }
  const group = access.group ?? '';
  const qualified = qualifiedResource({ group, resource });
  const asked =
    subresource === undefined ? resource : `${resource}/${subresource}`;
  const where =
    namespace === undefined
      ? 'at the cluster scope'
      : `in the namespace "${namespace}"`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${
      name === undefined ? qualified : `${qualified} "${name}"`
    } is forbidden: User "${
      user.username
    }" cannot ${verb} resource "${asked}" in API group "${group}" ${where}`,
    details: {
      ...(name === undefined ? {} : { name }),
      ...(group === '' ? {} : { group }),
      kind: resource,
    },
  });
}
