import { CustomErrorBase } from '@backstage/errors';

/**
 * The machine has no git that can serve repositories: either no `git` on the
 * PATH, or one without its `http-backend`.
 *
 * @public
 */
export class GitMissingError extends CustomErrorBase {
  name = 'GitMissingError' as const;

  constructor(missing: 'git' | 'git http-backend', cause?: unknown) {
    super(
      missing === 'git'
        ? 'The built-in git host needs the program git, and there is none on the PATH. Install git (2.24 or later), or configure a git host of your own under integrations'
        : 'The built-in git host needs "git http-backend", and the git on the PATH does not bring it. Install it (Alpine: the package git-daemon), or configure a git host of your own under integrations',
      cause,
    );
  }
}
