import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireGit } from './requireGit';

describe('requireGit', () => {
  const path = process.env.PATH;
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'require-git-'));
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(directory, { recursive: true });
  });

  it('accepts the git of this machine', async () => {
    await expect(requireGit({ directory })).resolves.toBeUndefined();
  });

  it('says what to install when there is no git', async () => {
    process.env.PATH = directory;

    await expect(requireGit({ directory })).rejects.toThrow(
      /needs the program git, .*Install git/,
    );
  });

  it('says what to install when git cannot serve', async () => {
    await symlink('/bin/sh', join(directory, 'sh'));
    await writeFile(join(directory, 'git'), `#!/bin/sh\necho ${directory}\n`, {
      mode: 0o755,
    });
    process.env.PATH = directory;

    await expect(requireGit({ directory })).rejects.toThrow(
      /needs "git http-backend"/,
    );
  });
});
