import type { GitHost } from '@sportsbook/git-host';

export interface GitHostSettings {
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Of the bare repositories. */
  directory: string;
  /** The only owner of repositories. */
  owner: string;
  credentials: { username: string; password: string };
}

/** The git host that Backstage takes for a Gitea, as part of this process. */
export async function startGitHost(
  settings: GitHostSettings,
  log: (line: string) => void,
): Promise<GitHost> {
  // Loaded here, because a cluster alone is ready sooner without it.
  const { createGitHost } = await import('./gitHost');
  const say = (message: string) => log(`git host: ${message}`);
  const logger = {
    error: say,
    warn: say,
    info: say,
    debug: () => {},
    child: () => logger,
  };
  return createGitHost({ ...settings, logger });
}
