import { ScmIntegrationRegistry, parseGiteaUrl } from '@backstage/integration';
import parseGitUrl from 'git-url-parse';
import { HostedRepository } from './archiveRepository';

/**
 * The repository that an entity's source location lies in.
 *
 * @param location - `url:https://host/owner/repo/…`, as the annotation
 * `backstage.io/source-location` has it
 * @returns undefined where it is no URL of a configured host
 */
export function repositoryOf(
  location: string | undefined,
  integrations: ScmIntegrationRegistry,
): (HostedRepository & { url: string }) | undefined {
  if (location?.startsWith('url:') !== true) {
    return undefined;
  }
  const url = location.slice('url:'.length);
  const integration = integrations.byUrl(url);
  if (integration === undefined) {
    return undefined;
  }
  const { host } = new URL(url);
  const gitea = integrations.gitea.byHost(host)?.config;
  if (gitea !== undefined) {
    const { owner, name } = parseGiteaUrl(gitea, url);
    return { host, owner, repo: name, url };
  }
  const { owner, name } = parseGitUrl(url);
  return { host, owner, repo: name, url };
}
