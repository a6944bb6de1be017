import { InputError } from '@backstage/errors';

const OWNER = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const REF = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** True for a name that an owner may have. `api` is taken by the API itself. */
export function isOwnerName(name: string): boolean {
  return OWNER.test(name) && name !== 'api';
}

/**
 * True for a name that a repository may have: letters, digits, `.`, `_`, `-`,
 * at most 100, and nothing that git or a file system reads in a special way.
 */
export function isRepositoryName(name: string): boolean {
  return (
    REPOSITORY.test(name) &&
    !name.includes('..') &&
    !/\.(git|wiki|lock|tmp)$/i.test(name) &&
    !name.endsWith('.')
  );
}

/**
 * True for a branch, tag or commit that can stand in one segment of a URL.
 * None of git's revision operators (`^ ~ : @{`) passes.
 */
export function isRefName(name: string): boolean {
  return REF.test(name) && !name.includes('..');
}

/**
 * The path inside a repository that the segments of a URL mean; `''` is the
 * root.
 *
 * @throws InputError for a segment that cannot be a file's name
 */
export function repositoryPath(segments: readonly string[]): string {
  const named = segments.filter(segment => segment !== '');
  for (const segment of named) {
    if (
      segment === '.' ||
      segment === '..' ||
      segment.includes('/') ||
      CONTROL_CHARACTER.test(segment)
    ) {
      throw new InputError(
        `${JSON.stringify(segment)} cannot be part of a path in a repository`,
      );
    }
  }
  return named.join('/');
}
