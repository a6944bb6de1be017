import { StatusError } from '../model/StatusError';
import type { AccessRequest } from '../ports/Authorizer';

/** What an authorizer's refusal is answered with: a 403 in the API server's words. */
export function forbiddenError(
  request: AccessRequest,
  reason: string,
): StatusError {
  const { user, verb, group, resource, subresource, namespace, name, path } =
    request;
  const because = reason === '' ? '' : `: ${reason}`;
  if (path !== undefined) {
    return new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User ${JSON.stringify(
        user.username,
      )} cannot ${verb} path ${JSON.stringify(path)}${because}`,
      details: {},
    });
  }
  const named = name === undefined || name === '' ? '' : ` "${name}"`;
  const kind = resource ?? '';
  const inGroup = group ?? '';
  const qualified = inGroup === '' ? kind : `${kind}.${inGroup}`;
  const full = (subresource ?? '') === '' ? kind : `${kind}/${subresource}`;
  const scope =
    (namespace ?? '') === ''
      ? 'at the cluster scope'
      : `in the namespace "${namespace}"`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified}${named} is forbidden: User ${JSON.stringify(
      user.username,
    )} cannot ${verb} resource "${full}" in API group "${inGroup}" ${scope}${because}`,
    details: {
      ...(named === '' ? {} : { name }),
      ...(inGroup === '' ? {} : { group: inGroup }),
      kind,
    },
  });
}
