import { CustomErrorBase } from '@backstage/errors';

/** One thing that is wrong with a manifest file. */
export interface ManifestProblem {
  /** Path as the reader of the message knows it. */
  file: string;
  /** Counted from 1. */
  document: number;
  /** Counted from 1; undefined where the whole document is meant. */
  line?: number;
  message: string;
}

/** Manifest files do not parse, or what they hold is no set of Kubernetes objects. */
export class ManifestError extends CustomErrorBase {
  name = 'ManifestError' as const;
  /** All of them, in the order of files and lines. */
  readonly problems: ManifestProblem[];

  constructor(problems: ManifestProblem[]) {
    super(
      problems
        .map(
          ({ file, document, line, message }) =>
            `${file}, document ${document}${
              line === undefined ? '' : `, line ${line}`
            }: ${message}`,
        )
        .join('\n'),
    );
    this.problems = problems;
  }
}
