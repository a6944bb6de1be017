import { pipeline } from 'node:stream/promises';
import {
  AuthenticationError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import express, { Router } from 'express';
import type { Request } from 'express';
import { z } from 'zod';
import { Credentials, identify } from './Credentials';
import { encodePath } from './encodePath';
import type { GitRepositories } from './GitRepositories';
import type { GitRepository, RepositoryObject } from './GitRepository';
import { isRefName, isRepositoryName } from './names';
import { requestedPath } from './requestedPath';

const MAX_FILE_BYTES = 32 * 1024 * 1024;

const newRepositorySchema = z.object({
  name: z.string().refine(isRepositoryName, {
    message:
      'must be 1 to 100 letters, digits, ".", "_" or "-", start with a letter or digit, and not end with ".git", ".wiki", ".lock" or ".tmp"',
  }),
  description: z
    .string()
    .max(2000)
    .nullish()
    .transform(text => text ?? ''),
  private: z
    .literal(false, {
      message:
        'must be false: everyone who reaches this git host can read its repositories',
    })
    .optional(),
  default_branch: z
    .string()
    .refine(isRefName, { message: 'is not the name of a branch' })
    .optional(),
});

const changedRepositorySchema = z.object({ archived: z.boolean() }).strict();

/**
 * The routes of Gitea's API (`/api/v1`) that Backstage's publisher and reader
 * use, with Gitea's paths, statuses and fields.
 */
export function apiRouter(options: {
  repositories: GitRepositories;
  owner: string;
  credentials: Credentials;
  publicUrl: () => string;
  signal: AbortSignal;
}): Router {
  const { repositories, owner, credentials, publicUrl, signal } = options;
  const router = Router();

  const requireOwner = (name: string) => {
    if (name !== owner) {
      throw new NotFoundError(
        `There is no owner ${JSON.stringify(
          name,
        )} here; the only one is ${owner}`,
      );
    }
  };
  const open = (req: Request<{ owner: string; name: string }>) =>
    repositories.open(req.params.owner, req.params.name);
  const describe = async (repository: GitRepository) => {
    const { name } = repository;
    const page = `${publicUrl()}/${owner}/${name}`;
    return {
      name,
      full_name: `${owner}/${name}`,
      owner: { login: owner },
      description: await repositories.describe(repository),
      private: false,
      archived: await repositories.isArchived(repository),
      empty: await repository.isEmpty({ signal }),
      default_branch: await repository.defaultBranch({ signal }),
      html_url: page,
      clone_url: `${page}.git`,
    };
  };

  router.get('/version', (_req, res) => {
    res.json({ version: 'git-host' });
  });

  router.get('/orgs/:owner', (req, res) => {
    requireOwner(req.params.owner);
    res.json({ name: owner, username: owner, visibility: 'public' });
  });

  router.post('/orgs/:owner/repos', express.json(), async (req, res) => {
    if (identify(req.get('authorization'), credentials) !== 'account') {
      throw new AuthenticationError(
        'Creating a repository needs the account of this git host',
      );
    }
    requireOwner(req.params.owner);
    const body = parseNewRepository(req.body);
    const repository = await repositories.create({
      owner,
      name: body.name,
      description: body.description,
      defaultBranch: body.default_branch,
      signal,
    });
    res.status(201).json(await describe(repository));
  });

  router.get('/repos/:owner/:name', async (req, res) => {
    res.json(await describe(await open(req)));
  });

  router.patch('/repos/:owner/:name', express.json(), async (req, res) => {
    if (identify(req.get('authorization'), credentials) !== 'account') {
      throw new AuthenticationError(
        'Changing a repository needs the account of this git host',
      );
    }
    const repository = await open(req);
    const body = changedRepositorySchema.safeParse(req.body);
    if (!body.success) {
      throw new InputError(
        'The repository cannot be changed: archived must be true or false, and nothing else can be changed here',
      );
    }
    await repositories.setArchived(repository, body.data.archived);
    res.json(await describe(repository));
  });

  router.get('/repos/:owner/:name/contents{/*path}', async (req, res) => {
    const repository = await open(req);
    const path = requestedPath(req);
    const ref =
      typeof req.query.ref === 'string' && req.query.ref !== ''
        ? req.query.ref
        : await repository.defaultBranch({ signal });
    const commit = await repository.resolveCommit(ref, { signal });
    const object = await repository.read(commit, path, { signal });

    res.set('ETag', `"${object.sha}"`);
    res.set(
      'Last-Modified',
      (await repository.commitDate(commit, { signal })).toUTCString(),
    );
    if (object.type === 'folder') {
      res.json(folderContents(object, path));
      return;
    }
    if (object.sizeBytes > MAX_FILE_BYTES) {
      throw new InputError(
        `${path} has ${object.sizeBytes} bytes; this route serves at most ${MAX_FILE_BYTES}. Clone the repository to read it`,
      );
    }
    const content = await repository.readFile(object.sha, { signal });
    res.json({
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      sha: object.sha,
      last_commit_sha: commit,
      type: 'file',
      size: object.sizeBytes,
      encoding: 'base64',
      content: content.toString('base64'),
      html_url: `${publicUrl()}/${owner}/${
        repository.name
      }/src/branch/${encodeURIComponent(ref)}/${encodePath(path)}`,
    });
  });

  router.get('/repos/:owner/:name/git/commits/:ref', async (req, res) => {
    const repository = await open(req);
    const sha = await repository.resolveCommit(req.params.ref, { signal });
    const date = await repository.commitDate(sha, { signal });
    res.json({ sha, created: date.toISOString() });
  });

  router.get('/repos/:owner/:name/branches/:branch', async (req, res) => {
    const repository = await open(req);
    const { branch } = req.params;
    const id = await repository.resolveCommit(branch, { signal });
    res.json({ name: branch, commit: { id } });
  });

  router.get('/repos/:owner/:name/archive/:ref.tar.gz', async (req, res) => {
    const repository = await open(req);
    const commit = await repository.resolveCommit(req.params.ref, { signal });
    res.type('application/gzip');
    await pipeline(repository.archive(commit, { signal }), res);
  });

  return router;
}

function parseNewRepository(body: unknown) {
  const parsed = newRepositorySchema.safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      issue => `${issue.path.join('.') || 'the body'} ${issue.message}`,
    );
    throw new InputError(
      `The repository cannot be created: ${problems.join('; ')}`,
    );
  }
  return parsed.data;
}

function folderContents(
  folder: Extract<RepositoryObject, { type: 'folder' }>,
  path: string,
) {
  const types = { file: 'file', folder: 'dir', submodule: 'submodule' };
  return folder.entries.map(entry => ({
    name: entry.name,
    path: path === '' ? entry.name : `${path}/${entry.name}`,
    sha: entry.sha,
    type: types[entry.type],
    size: entry.sizeBytes ?? 0,
  }));
}
