import { CustomErrorBase } from '@backstage/errors';

/** The platform of a cluster cannot be changed as was asked; nothing was changed. */
export class PlatformRefusedError extends CustomErrorBase {
  name = 'PlatformRefusedError' as const;
  /** One sentence each, with the next step. */
  readonly reasons: string[];

  constructor(cluster: string, reasons: string[]) {
    super(
      [
        `Nothing was changed on cluster '${cluster}':`,
        ...reasons.map(reason => `- ${reason}.`),
      ].join('\n'),
    );
    this.reasons = reasons;
  }
}
