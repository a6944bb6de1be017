import type { Request } from 'express';
import { repositoryPath } from './names';

/**
 * The path inside a repository that a route ending in an optional wildcard
 * `{/*path}` was asked for; `''` is the root.
 *
 * @throws InputError for a path that cannot be one
 */
export function requestedPath(req: Request): string {
  const { path } = req.params as { path?: string | string[] };
  return repositoryPath(
    typeof path === 'string' ? path.split('/') : path ?? [],
  );
}
