import {
  DefaultGithubCredentialsProvider,
  getBitbucketCloudRequestOptions,
  getBitbucketServerRequestOptions,
  getGiteaRequestOptions,
  getGitLabRequestOptions,
  ScmIntegrations,
} from '@backstage/integration';
import { GitHost } from './gitHosts';
import { GitHostError } from './GitHostError';
import { RepositoryQuestion } from './RepositoryQuestion';

/** A repository that is to be made. */
export interface NewRepository {
  /** Which kind of host it is. */
  type: GitHost;
  /** `host` or `host:port`, as `integrations` names it. */
  host: string;
  /** Organization, group, workspace (Bitbucket Cloud) or project key (Bitbucket Server). */
  owner: string;
  name: string;
}

/**
 * How a kind of host is asked, with the account that `integrations` has for it.
 *
 * @throws GitHostError where `integrations` has no such host, or no account for it
 */
export async function questionFor(
  repository: NewRepository,
  integrations: ScmIntegrations,
): Promise<RepositoryQuestion> {
  const { type, host } = repository;
  const owner = encodeURIComponent(repository.owner);
  const name = encodeURIComponent(repository.name);

  const question = async (): Promise<
    | (Omit<RepositoryQuestion, 'headers'> & {
        headers: Record<string, string> | undefined;
      })
    | undefined
  > => {
    switch (type) {
      case 'gitea': {
        const config = integrations.gitea.byHost(host)?.config;
        const api = `${config?.baseUrl ?? `https://${host}`}/api/v1`;
        return (
          config && {
            repositoryUrl: `${api}/repos/${owner}/${name}`,
            ownerUrl: `${api}/orgs/${owner}`,
            ownerNoun: 'organization',
            headers: getGiteaRequestOptions(config).headers,
          }
        );
      }
      case 'github': {
        const config = integrations.github.byHost(host)?.config;
        const api = config?.apiBaseUrl ?? '';
        return (
          config && {
            repositoryUrl: `${api}/repos/${owner}/${name}`,
            ownerUrl: `${api}/users/${owner}`,
            ownerNoun: 'organization or user',
            headers: (
              await DefaultGithubCredentialsProvider.fromIntegrations(
                integrations,
              ).getCredentials({ url: `https://${host}/${owner}/${name}` })
            ).headers,
          }
        );
      }
      case 'gitlab': {
        const config = integrations.gitlab.byHost(host)?.config;
        const path = encodeURIComponent(
          `${repository.owner}/${repository.name}`,
        );
        return (
          config && {
            repositoryUrl: `${config.apiBaseUrl}/projects/${path}`,
            ownerUrl: `${config.apiBaseUrl}/namespaces/${owner}`,
            ownerNoun: 'group or user',
            headers: getGitLabRequestOptions(config).headers,
          }
        );
      }
      case 'bitbucketCloud': {
        const config = integrations.bitbucketCloud.byHost(host)?.config;
        const api = config?.apiBaseUrl ?? '';
        return (
          config && {
            repositoryUrl: `${api}/repositories/${owner}/${name}`,
            ownerUrl: `${api}/workspaces/${owner}`,
            ownerNoun: 'workspace',
            headers: (await getBitbucketCloudRequestOptions(config)).headers,
          }
        );
      }
      default: {
        const config = integrations.bitbucketServer.byHost(host)?.config;
        const api = config?.apiBaseUrl ?? '';
        return (
          config && {
            repositoryUrl: `${api}/projects/${owner}/repos/${name}`,
            ownerUrl: `${api}/projects/${owner}`,
            ownerNoun: 'project',
            headers: getBitbucketServerRequestOptions(config).headers,
          }
        );
      }
    }
  };

  const found = await question();
  if (found === undefined) {
    throw new GitHostError(
      `New repositories go to ${host} as ${type}, and integrations.${type} has no such host; add it there, or correct gitHost and gitHostName of scaffolder.defaultEnvironment.parameters. Nothing was changed yet`,
      { host, reason: 'unknown' },
    );
  }
  const headers = Object.fromEntries(
    Object.entries(found.headers ?? {}).filter(([, value]) => value),
  );
  if (!Object.keys(headers).some(isCredential)) {
    throw new GitHostError(
      `integrations.${type} has no credentials for ${host}, and nobody may make repositories there without; add them. Nothing was changed yet`,
      { host, reason: 'denied' },
    );
  }
  return { ...found, headers };
}

function isCredential(header: string): boolean {
  return ['authorization', 'private-token'].includes(header.toLowerCase());
}
