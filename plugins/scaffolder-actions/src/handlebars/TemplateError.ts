import { CustomErrorBase } from '@backstage/errors';

/** One thing that is wrong with a file of a skeleton. */
export interface TemplateProblem {
  /** Path below the skeleton's folder, with slashes. */
  file: string;
  /** Counted from 1; undefined where the whole file is meant. */
  line: number | undefined;
  message: string;
}

const format = ({ file, line, message }: TemplateProblem) =>
  `${file}${line === undefined ? '' : `:${line}`}: ${message}`;

/** A skeleton cannot be rendered with the values at hand. */
export class TemplateError extends CustomErrorBase {
  name = 'TemplateError' as const;
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    super(
      `The skeleton cannot be rendered; correct these files of it, or the values that it is given:\n${problems
        .map(format)
        .join('\n')}`,
    );
    this.problems = problems;
  }
}
