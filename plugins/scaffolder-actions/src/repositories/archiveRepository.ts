import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
  getGitLabRequestOptions,
  getGiteaRequestOptions,
} from '@backstage/integration';

const CALL_TIMEOUT_MILLISECONDS = 30_000;

/** A repository on one of the configured hosts. */
export interface HostedRepository {
  host: string;
  owner: string;
  repo: string;
}

interface ArchiveCall {
  url: string;
  method: 'PATCH' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

/**
 * Makes a repository read-only on its host. Its content, issues and history
 * stay; people can undo it there. Archiving it again changes nothing.
 *
 * @throws InputError for a host that is not configured, or cannot archive
 * @throws NotFoundError, NotAllowedError as the host answers
 * @throws ServiceUnavailableError when the host does not answer
 */
export async function archiveRepository(options: {
  repository: HostedRepository;
  integrations: ScmIntegrationRegistry;
  githubCredentials: GithubCredentialsProvider;
  signal?: AbortSignal;
}): Promise<void> {
  const { repository, signal } = options;
  const { host, owner, repo } = repository;
  const name = `${owner}/${repo} on ${host}`;
  const { url, ...init } = await archiveCall(options);
  const timeout = AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS);
  let answer: Response;
  try {
    answer = await fetch(url, {
      ...init,
      signal:
        signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServiceUnavailableError(
      `Git host ${host} does not answer, and ${name} was not archived. Check that the Backstage backend reaches ${
        new URL(url).origin
      }, and try again`,
      error,
    );
  }
  if (answer.ok) {
    return;
  }
  const said = `HTTP ${answer.status}`;
  switch (answer.status) {
    case 401:
    case 403:
      throw new NotAllowedError(
        `Git host ${host} does not let its configured account archive ${name} (${said}). Give that account administrator rights on the repository, or archive it there by hand`,
      );
    case 404:
      throw new NotFoundError(
        `Git host ${host} has no repository ${owner}/${repo}, or its configured account does not see it (${said})`,
      );
    default:
      throw new ServiceUnavailableError(
        `Git host ${host} did not archive ${name} (${said}). Archive it there by hand, or try again`,
      );
  }
}

async function archiveCall(options: {
  repository: HostedRepository;
  integrations: ScmIntegrationRegistry;
  githubCredentials: GithubCredentialsProvider;
}): Promise<ArchiveCall> {
  const { repository, integrations, githubCredentials } = options;
  const { host, owner, repo } = repository;
  const type = integrations.byHost(host)?.type;
  const path = `${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ archived: true });

  const gitea = integrations.gitea.byHost(host)?.config;
  if (gitea !== undefined) {
    return {
      url: `${gitea.baseUrl ?? `https://${host}`}/api/v1/repos/${path}`,
      method: 'PATCH',
      headers: { ...getGiteaRequestOptions(gitea).headers, ...json },
      body,
    };
  }
  const github = integrations.github.byHost(host)?.config;
  if (github !== undefined) {
    const { headers } = await githubCredentials.getCredentials({
      url: `https://${host}/${path}`,
    });
    return {
      url: `${github.apiBaseUrl ?? 'https://api.github.com'}/repos/${path}`,
      method: 'PATCH',
      headers: {
        accept: 'application/vnd.github+json',
        ...headers,
        ...json,
      },
      body,
    };
  }
  const gitlab = integrations.gitlab.byHost(host)?.config;
  if (gitlab !== undefined) {
    return {
      url: `${gitlab.apiBaseUrl}/projects/${encodeURIComponent(
        `${owner}/${repo}`,
      )}/archive`,
      method: 'POST',
      headers: getGitLabRequestOptions(gitlab).headers,
    };
  }
  throw new InputError(
    type === undefined
      ? `Git host ${host} is not one of the configured integrations. Add it to 'integrations', or leave archiving out`
      : `Repositories on ${host} (${type}) have no archive, so ${owner}/${repo} stays as it is. Remove its write access there by hand, and leave archiving out`,
  );
}
