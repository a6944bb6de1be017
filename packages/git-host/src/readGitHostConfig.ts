import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Credentials } from './Credentials';

/** What the configuration says about the built-in git host. */
export type GitHostConfig = {
  port: number;
  directory: string;
  owner: string;
  publicUrl: string;
  credentials: Credentials;
};

/**
 * Reads `gitHost`, and its account from the entry of `integrations.gitea`
 * through which Backstage reaches it, so that the two cannot differ.
 *
 * @returns undefined when no git host is wanted
 * @throws InputError when that entry or its account is missing
 */
export function readGitHostConfig(config: Config): GitHostConfig | undefined {
  const section = config.getOptionalConfig('gitHost');
  if (!section || section.getOptionalBoolean('enabled') === false) {
    return undefined;
  }
  const port = section.getOptionalNumber('port') ?? 7008;
  const host = `127.0.0.1:${port}`;
  const integration = config
    .getOptionalConfigArray('integrations.gitea')
    ?.find(entry => entry.getString('host') === host);
  const username = integration?.getOptionalString('username');
  const password = integration?.getOptionalString('password');
  if (!username || !password) {
    throw new InputError(
      `gitHost is configured, but integrations.gitea has no entry with host ${host}, username and password. Add one, with baseUrl http://${host}`,
    );
  }
  return {
    port,
    directory: section.getString('directory'),
    owner: section.getOptionalString('owner') ?? 'sportsbook',
    publicUrl: `http://${host}`,
    credentials: { username, password },
  };
}
