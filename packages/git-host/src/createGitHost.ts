import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';
import { apiRouter } from './apiRouter';
import type { Credentials } from './Credentials';
import { GitRepositories } from './GitRepositories';
import { answerErrors } from './answerErrors';
import { isLoopback, refuseForeignRequests } from './refuseForeignRequests';
import { isOwnerName } from './names';
import { pagesRouter } from './pagesRouter';
import { requireGit } from './requireGit';
import { smartHttpRouter } from './smartHttpRouter';

/**
 * A running git host.
 *
 * @public
 */
export type GitHost = {
  /** Where it is reached, without a slash at the end. */
  url: string;
  /** Ends open requests and stops listening. */
  close(): Promise<void>;
};

/**
 * What a git host is made from.
 *
 * @public
 */
export type GitHostOptions = {
  /** Folder of the bare repositories; created when it is missing. */
  directory: string;
  /** The only owner (Gitea: organization) of repositories. */
  owner: string;
  /** Address to listen on: `127.0.0.1`, `::1` or `localhost`. */
  host?: string;
  /** Port to listen on; 0 takes a free one. */
  port: number;
  /** Address in links and answers; by default the one listened on. */
  publicUrl?: string;
  credentials: Credentials;
  logger: LoggerService;
};

/**
 * Starts a git host on this machine that Backstage takes for a Gitea.
 *
 * @remarks
 * Whoever reaches the port may read; a push or a new repository needs the
 * credentials. That is why only loopback addresses are accepted.
 *
 * @throws InputError for an address that others could reach,
 * {@link GitMissingError} without a usable git, and the system's own error
 * when the port is taken.
 * @public
 */
export async function createGitHost(options: GitHostOptions): Promise<GitHost> {
  const { owner, host = '127.0.0.1', port, credentials, logger } = options;
  if (!isLoopback(host)) {
    throw new InputError(
      `The built-in git host listens on 127.0.0.1, ::1 or localhost only, not on ${host}: everyone who reaches it can read its repositories`,
    );
  }
  if (!isOwnerName(owner)) {
    throw new InputError(
      `${JSON.stringify(
        owner,
      )} cannot own repositories: a name has 1 to 40 lower-case letters, digits and "-", and is not "api"`,
    );
  }
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const stopped = new AbortController();
  const { signal } = stopped;
  await requireGit({ directory, signal });

  let url = options.publicUrl?.replace(/\/+$/, '') ?? '';
  const publicUrl = () => url;
  const repositories = new GitRepositories({ directory });
  const shared = { repositories, owner, credentials, publicUrl, signal };

  const app = express();
  app.disable('x-powered-by');
  app.use(refuseForeignRequests({ credentials, publicUrl }));
  app.use(smartHttpRouter({ ...shared, directory }));
  app.use('/api/v1', apiRouter(shared));
  app.use(pagesRouter(shared));
  app.use(answerErrors({ logger }));

  const server = createServer(app);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      listening();
    });
  });
  if (url === '') {
    const { address, family, port: actual } = server.address() as AddressInfo;
    url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
  }
  logger.info(`Git host for ${owner} listens on ${url}`);

  return {
    url,
    async close() {
      stopped.abort(new Error('the git host is stopping'));
      await new Promise<void>((closed, failed) => {
        server.close(error => (error ? failed(error) : closed()));
        server.closeAllConnections();
      });
    },
  };
}
