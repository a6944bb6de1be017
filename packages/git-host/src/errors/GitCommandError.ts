import { CustomErrorBase } from '@backstage/errors';

/**
 * A git command ended with a failure that its caller did not foresee.
 *
 * @public
 */
export class GitCommandError extends CustomErrorBase {
  name = 'GitCommandError' as const;

  /** What git wrote to its error stream. */
  readonly output: string;

  constructor(
    options: { args: readonly string[]; directory: string; output: string },
    cause?: unknown,
  ) {
    super(
      `git ${options.args[0]} failed in ${options.directory}: ${
        options.output.trim() || 'git said nothing'
      }`,
      cause,
    );
    this.output = options.output;
  }
}
