import { StatusError } from '../../model/StatusError';
import type { ListRequest } from '../../ports/ClusterObjects';
import type { ResourceExchange } from './Exchange';
import { invalidOptions } from './invalidOptions';
import { isTrue } from './requestInfo';

export interface WatchOptions {
  timeoutSeconds?: number;
  bookmarks: boolean;
  sendInitialEvents: boolean;
}

/** @throws StatusError 400, 422 */
export function listOptions({ query, address }: ResourceExchange): ListRequest {
  const limit = readInteger(query.get('limit'));
  readInteger(query.get('timeoutSeconds'));
  const watched = isWatched(query);
  if (!watched && query.has('sendInitialEvents')) {
    throw invalidOptions(
      'ListOptions',
      'sendInitialEvents',
      'FieldValueForbidden',
      'Forbidden: sendInitialEvents is forbidden for list',
    );
  }
  const continueToken = query.get('continue') ?? '';
  const resourceVersion = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  if (match !== '') {
    checkMatch(match, resourceVersion, continueToken, query);
  }
  if (!/^\d*$/.test(resourceVersion)) {
    const quoted = JSON.stringify(resourceVersion);
    const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
    // The real server's two ways to say it.
    throw watched
      ? new StatusError({ code: 500, message: why })
      : StatusError.badRequest(`invalid resource version: ${why}`);
  }
  return {
    ...selection({ query, address }),
    ...(limit === undefined || limit <= 0 ? {} : { limit }),
    ...(continueToken === '' ? {} : { continueToken }),
    ...(resourceVersion === '' ? {} : { resourceVersion }),
    ...(match === '' ? {} : { resourceVersionMatch: match }),
  };
}

/** Namespace and selectors alone, for deleting a collection. */
export function selection({
  query,
  address,
}: Pick<ResourceExchange, 'query' | 'address'>): Pick<
  ListRequest,
  'namespace' | 'labelSelector' | 'fieldSelector'
> {
  const labelSelector = query.get('labelSelector') ?? '';
  const fieldSelector = query.get('fieldSelector') ?? '';
  return {
    ...(address.namespace === undefined
      ? {}
      : { namespace: address.namespace }),
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
}

/** @throws StatusError 400, 422 */
export function watchOptions({ query }: ResourceExchange): WatchOptions {
  const timeoutSeconds = readInteger(query.get('timeoutSeconds'));
  return {
    ...(timeoutSeconds === undefined || timeoutSeconds <= 0
      ? {}
      : { timeoutSeconds }),
    bookmarks: isTrue(query.get('allowWatchBookmarks')),
    sendInitialEvents: isTrue(query.get('sendInitialEvents')),
  };
}

function checkMatch(
  match: string,
  resourceVersion: string,
  continueToken: string,
  query: URLSearchParams,
): void {
  const refuse = (reason: string, message: string) =>
    invalidOptions('ListOptions', 'resourceVersionMatch', reason, message);
  if (!['Exact', 'NotOlderThan'].includes(match)) {
    throw refuse(
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(
        match,
      )}: supported values: "Exact", "NotOlderThan", ""`,
    );
  }
  if (isWatched(query)) {
    return;
  }
  if (resourceVersion === '') {
    throw refuse(
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (continueToken !== '') {
    throw refuse(
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch is forbidden when continue is provided',
    );
  }
  if (match === 'Exact' && resourceVersion === '0') {
    throw refuse(
      'FieldValueForbidden',
      'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
  }
}

function isWatched(query: URLSearchParams): boolean {
  return isTrue(query.get('watch'));
}

/** @throws StatusError 422 */
export function checkInitialEvents(query: URLSearchParams): void {
  const refuse = (message: string) =>
    invalidOptions(
      'ListOptions',
      'resourceVersionMatch',
      'FieldValueForbidden',
      message,
    );
  const match = query.get('resourceVersionMatch') ?? '';
  if (query.get('sendInitialEvents') === null) {
    if (match !== '') {
      throw refuse(
        'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    }
  } else if (match !== 'NotOlderThan') {
    throw refuse(
      'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
}

/** @throws StatusError 400 */
export function readInteger(value: string | null): number | undefined {
  if (value === null || value === '') {
    return undefined;
  }
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    throw StatusError.badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`,
    );
  }
  return Number(value);
}
