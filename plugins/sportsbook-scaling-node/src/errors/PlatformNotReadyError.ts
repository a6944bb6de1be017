import { CustomErrorBase } from '@backstage/errors';

/** A cluster lacks something that services need to scale by their requests. */
export class PlatformNotReadyError extends CustomErrorBase {
  name = 'PlatformNotReadyError' as const;
  /** One sentence each, with the next step. */
  readonly problems: string[];

  constructor(cluster: string, problems: string[]) {
    super(
      [
        `Services do not scale on cluster '${cluster}' yet:`,
        ...problems.map(problem => `- ${problem}.`),
      ].join('\n'),
    );
    this.problems = problems;
  }
}
