import { Router } from 'express';
import type { Request, Response } from 'express';
import { CHALLENGE, Credentials, identify } from './Credentials';
import type { GitRepositories } from './GitRepositories';
import type { GitRepository } from './GitRepository';
import { serveSmartHttp } from './serveSmartHttp';

const READ = 'git-upload-pack';
const WRITE = 'git-receive-pack';

/**
 * git's smart HTTP protocol: everyone may clone and fetch, the account may
 * push. The older protocol, which reads files of the repository, is not
 * served.
 */
export function smartHttpRouter(options: {
  repositories: GitRepositories;
  directory: string;
  credentials: Credentials;
  signal: AbortSignal;
}): Router {
  const { repositories, directory, credentials, signal } = options;
  const router = Router();

  const userOf = (req: Request) =>
    identify(req.get('authorization'), credentials) === 'account'
      ? credentials.username
      : undefined;

  const mayProceed = async (
    service: string,
    repository: GitRepository,
    req: Request,
    res: Response,
  ) => {
    if (service === READ) {
      return true;
    }
    if (userOf(req)) {
      if (!(await repositories.isArchived(repository))) {
        return true;
      }
      res
        .status(403)
        .type('text/plain')
        .send(
          `${repository.owner}/${repository.name} is archived: it can be read only\n`,
        );
      return false;
    }
    res
      .status(401)
      .set('WWW-Authenticate', CHALLENGE)
      .type('text/plain')
      .send('A push needs the account of this git host\n');
    return false;
  };

  router.get('/:owner/:name.git/info/refs', async (req, res) => {
    const { service } = req.query;
    if (service !== READ && service !== WRITE) {
      res
        .status(403)
        .type('text/plain')
        .send('Only the smart HTTP protocol is served here\n');
      return;
    }
    const repository = await repositories.open(
      req.params.owner,
      req.params.name,
    );
    if (await mayProceed(service, repository, req, res)) {
      const { owner, name } = repository;
      await serveSmartHttp({
        call: {
          projectRoot: directory,
          pathInfo: `/${owner}/${name}.git/info/refs`,
          query: `service=${service}`,
          user: userOf(req),
        },
        req,
        res,
        signal,
      });
    }
  });

  for (const service of [READ, WRITE] as const) {
    router.post(`/:owner/:name.git/${service}`, async (req, res) => {
      const repository = await repositories.open(
        req.params.owner,
        req.params.name,
      );
      if (await mayProceed(service, repository, req, res)) {
        await serveSmartHttp({
          call: {
            projectRoot: directory,
            pathInfo: `/${repository.owner}/${repository.name}.git/${service}`,
            query: '',
            user: userOf(req),
          },
          req,
          res,
          signal,
          beforeEnd:
            service === WRITE
              ? () => repository.settleDefaultBranch({ signal })
              : undefined,
        });
      }
    });
  }
  return router;
}
