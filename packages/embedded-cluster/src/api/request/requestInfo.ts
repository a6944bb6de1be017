import { StatusError } from '../../model/StatusError';
import type { AccessRequest } from '../../ports/Authorizer';

/** What of a path names a resource. */
export interface ResourceAddress {
  group: string;
  version: string;
  /** Plural. */
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  /** What follows the subresource, as sent, with a slash at its start; undefined where nothing does. */
  rest?: string;
}

/** What a request wants, found from its first line alone. */
export interface RequestInfo {
  /** As sent, without the query. */
  path: string;
  /** `get`, `list`, `watch`, ...; the method in lower case where no resource is addressed. */
  verb: string;
  /** Undefined for paths such as `/version` and discovery. */
  address?: ResourceAddress;
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/**
 * Reads method, path and query as Kubernetes' authorization does, so that a
 * refusal names the same verb and resource.
 *
 * @throws StatusError 400 for a path that is not well encoded
 */
export function requestInfo(
  method: string,
  path: string,
  query: URLSearchParams,
): RequestInfo {
  const raw = path.split('/').slice(1);
  const atGroup = raw[0] === 'apis';
  const depth = atGroup ? 3 : 2;
  if (
    (!atGroup && raw[0] !== 'api') ||
    raw.length <= depth ||
    raw[depth] === ''
  ) {
    return { path, verb: method.toLowerCase() };
  }
  let parts = raw.slice(depth);
  let watched = false;
  if (parts[0] === 'watch' && parts.length > 1) {
    watched = true;
    parts = parts.slice(1);
  }
  let namespace: string | undefined;
  if (parts[0] === 'namespaces' && parts.length > 1 && parts[1] !== '') {
    namespace = decode(parts[1]);
    if (
      parts.length > 2 &&
      parts[2] !== '' &&
      !['status', 'finalize'].includes(parts[2])
    ) {
      parts = parts.slice(2);
    }
  }
  const [resource, name, subresource, ...tail] = parts;
  const address: ResourceAddress = {
    group: atGroup ? decode(raw[1]) : '',
    version: decode(raw[depth - 1]),
    resource: decode(resource),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name ? { name: decode(name) } : {}),
    ...(subresource ? { subresource: decode(subresource) } : {}),
    ...(tail.length > 0 ? { rest: `/${tail.join('/')}` } : {}),
  };
  return { path, verb: verbOf(method, address, query, watched), address };
}

function verbOf(
  method: string,
  address: ResourceAddress,
  query: URLSearchParams,
  watched: boolean,
): string {
  // Other methods have no verb, so that no rule allows them.
  const verb = VERBS[method] ?? '';
  if (verb === 'get' && (watched || address.name === undefined)) {
    // Whoever selects one name needs rights for that name only.
    const selected = /^metadata\.name==?([^,]+)$/.exec(
      query.get('fieldSelector') ?? '',
    )?.[1];
    if (selected !== undefined && address.name === undefined) {
      address.name = selected;
    }
    return watched || isTrue(query.get('watch')) ? 'watch' : 'list';
  }
  return verb === 'delete' && address.name === undefined
    ? 'deletecollection'
    : verb;
}

/** As Kubernetes reads flags of a query: anything but `false`, `0` and nothing said. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw StatusError.badRequest(`invalid URL escape "${part}"`);
  }
}

/** What has to be allowed before the request is served. */
export function accessOf({
  path,
  verb,
  address,
}: RequestInfo): Omit<AccessRequest, 'user'> {
  if (address === undefined) {
    return { path, verb };
  }
  const { group, resource, subresource, namespace, name } = address;
  return { verb, group, resource, subresource, namespace, name };
}
