import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';

/** Hosts that Backstage has actions for that open a pull request from files. */
export type PullRequestHost = 'github' | 'gitlab';

/** A repository that Backstage's integrations may push to. */
export interface GitRemote {
  /** Type of the host's integration, such as `gitea`. */
  type: string;
  cloneUrl: string;
  auth: { username: string; password: string };
  /** Page on which people open a pull request from a pushed branch. */
  comparePage(target: string, branch: string): string;
  /** Page of a file on a branch. */
  filePage(branch: string, path: string): string;
}

interface Place {
  host: string;
  owner: string;
  repo: string;
  project?: string;
  repoUrl: string;
}

type Known = Omit<GitRemote, 'type'>;

const encoded = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

function credentials(
  place: Place,
  username: string | undefined,
  password: string | undefined,
): GitRemote['auth'] {
  if (password === undefined || password === '') {
    throw new InputError(
      `The integration of ${place.host} has no credentials to push to ${place.repoUrl} with. Add them to 'integrations' in app-config`,
    );
  }
  return { username: username ?? 'x-token-auth', password };
}

async function githubRemote(
  integrations: ScmIntegrations,
  place: Place,
): Promise<Known> {
  const page = `https://${place.host}/${place.owner}/${place.repo}`;
  const { token } = await DefaultGithubCredentialsProvider.fromIntegrations(
    integrations,
  ).getCredentials({ url: page });
  return {
    cloneUrl: `${page}.git`,
    auth: credentials(place, 'x-access-token', token),
    comparePage: (target, branch) =>
      `${page}/compare/${encoded(target)}...${encoded(branch)}?expand=1`,
    filePage: (branch, path) => `${page}/blob/${branch}/${encoded(path)}`,
  };
}

function gitlabRemote(integrations: ScmIntegrations, place: Place): Known {
  const config = integrations.gitlab.byHost(place.host)?.config;
  const page = `${config?.baseUrl ?? `https://${place.host}`}/${place.owner}/${
    place.repo
  }`;
  return {
    cloneUrl: `${page}.git`,
    auth: credentials(place, 'oauth2', config?.token),
    comparePage: (target, branch) =>
      `${page}/-/merge_requests/new?${new URLSearchParams({
        'merge_request[source_branch]': branch,
        'merge_request[target_branch]': target,
      })}`,
    filePage: (branch, path) => `${page}/-/blob/${branch}/${encoded(path)}`,
  };
}

function giteaRemote(integrations: ScmIntegrations, place: Place): Known {
  const config = integrations.gitea.byHost(place.host)?.config;
  const page = `${config?.baseUrl ?? `https://${place.host}`}/${place.owner}/${
    place.repo
  }`;
  return {
    cloneUrl: `${page}.git`,
    auth: credentials(place, config?.username, config?.password),
    comparePage: (target, branch) =>
      `${page}/compare/${encoded(target)}...${encoded(branch)}`,
    filePage: (branch, path) =>
      `${page}/src/branch/${encodeURIComponent(branch)}/${encoded(path)}`,
  };
}

function bitbucketCloudRemote(
  integrations: ScmIntegrations,
  place: Place,
): Known {
  const config = integrations.bitbucketCloud.byHost(place.host)?.config;
  const page = `https://${place.host}/${place.owner}/${place.repo}`;
  return {
    cloneUrl: `${page}.git`,
    auth: credentials(
      place,
      config?.username,
      config?.token ?? config?.appPassword,
    ),
    comparePage: (target, branch) =>
      `${page}/pull-requests/new?${new URLSearchParams({
        source: branch,
        dest: target,
      })}`,
    filePage: (branch, path) => `${page}/src/${branch}/${encoded(path)}`,
  };
}

function bitbucketServerRemote(
  integrations: ScmIntegrations,
  place: Place,
): Known {
  const config = integrations.bitbucketServer.byHost(place.host)?.config;
  const base = (config?.apiBaseUrl ?? `https://${place.host}`).replace(
    /\/rest\/api\/[^/]+\/?$/,
    '',
  );
  const project = place.project ?? place.owner;
  const page = `${base}/projects/${project}/repos/${place.repo}`;
  return {
    cloneUrl: `${base}/scm/${project}/${place.repo}.git`,
    auth: credentials(
      place,
      config?.username,
      config?.password ?? config?.token,
    ),
    comparePage: (target, branch) =>
      `${page}/pull-requests?${new URLSearchParams({
        create: '',
        sourceBranch: `refs/heads/${branch}`,
        targetBranch: `refs/heads/${target}`,
      })}`,
    filePage: (branch, path) =>
      `${page}/browse/${encoded(path)}?at=${encodeURIComponent(
        `refs/heads/${branch}`,
      )}`,
  };
}

const REMOTES: Record<
  string,
  (integrations: ScmIntegrations, place: Place) => Known | Promise<Known>
> = {
  github: githubRemote,
  gitlab: gitlabRemote,
  gitea: giteaRemote,
  bitbucketCloud: bitbucketCloudRemote,
  bitbucketServer: bitbucketServerRemote,
};

/**
 * Where to push for a `repoUrl` as publishing actions take it, and as whom.
 *
 * @throws InputError for a host without an integration, of another type, or
 *   without credentials
 */
export async function gitopsRemote(
  integrations: ScmIntegrations,
  repoUrl: string,
): Promise<GitRemote> {
  const { host, owner, workspace, project, repo } = parseRepoUrl(
    repoUrl,
    integrations,
  );
  const type = integrations.byHost(host)?.type ?? '';
  const remote = REMOTES[type];
  if (remote === undefined) {
    throw new InputError(
      `There is no way to push to ${repoUrl}: the host ${host} needs an integration of one of the types ${Object.keys(
        REMOTES,
      ).join(', ')} in app-config`,
    );
  }
  const place = {
    host,
    owner: owner ?? workspace ?? project ?? '',
    repo,
    project,
    repoUrl,
  };
  return { type, ...(await remote(integrations, place)) };
}
