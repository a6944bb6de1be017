import { InputError } from '@backstage/errors';

/**
 * The clone address of a repository as the cluster's controllers reach it,
 * without credentials.
 *
 * @param gitBaseUrl - what stands in place of scheme and host; undefined: they stay
 * @throws InputError for what is no http, https or ssh address
 */
export function clusterGitUrl(
  repositoryUrl: string,
  gitBaseUrl: string | undefined,
): string {
  if (!URL.canParse(repositoryUrl)) {
    throw new InputError(
      `'${repositoryUrl}' is not the clone address of a repository, such as https://git.example.com/team/service.git`,
    );
  }
  const url = new URL(repositoryUrl);
  if (!['http:', 'https:', 'ssh:'].includes(url.protocol)) {
    throw new InputError(
      `The clone address '${repositoryUrl}' must begin with https://, http:// or ssh://`,
    );
  }
  // Some hosts put the account's name into their clone addresses; whatever
  // stands there would be readable in the platform's repository.
  url.password = '';
  if (url.protocol !== 'ssh:') {
    url.username = '';
  }
  return gitBaseUrl === undefined ? url.href : `${gitBaseUrl}${url.pathname}`;
}

/** Stands for the host that a repository was published on, where only its path is known. */
export const PUBLISHED_HOST = 'published.invalid';

/**
 * The reverse of {@link clusterGitUrl}: an address as it was published. Where
 * `gitBaseUrl` has taken the place of scheme and host, those are
 * `https://published.invalid`.
 */
export function publishedGitUrl(
  url: string,
  gitBaseUrl: string | undefined,
): string {
  return gitBaseUrl !== undefined && url.startsWith(`${gitBaseUrl}/`)
    ? `https://${PUBLISHED_HOST}${url.slice(gitBaseUrl.length)}`
    : url;
}
