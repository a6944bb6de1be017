import { CustomErrorBase } from '@backstage/errors';

/** A step of a build failed on its own account. */
export class ImageBuildError extends CustomErrorBase {
  name = 'ImageBuildError' as const;
  /** What the step printed last, oldest first, without credentials. */
  readonly lastLines: readonly string[];

  constructor(message: string, lastLines: readonly string[] = []) {
    super(message);
    this.lastLines = lastLines;
  }
}
