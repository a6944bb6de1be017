import { CustomErrorBase } from '@backstage/errors';
import { ChangeSet } from '../model/ChangeSet';
import { formatPlanProblem, PlanProblem } from '../model/PlanProblem';
import { boundedText } from './boundedText';

/** The preflight found reasons not to apply; nothing was changed. */
export class PlanRefusedError extends CustomErrorBase {
  name = 'PlanRefusedError' as const;
  readonly problems: PlanProblem[];
  /** Of an apply: every object, `failed` or `skipped`. Empty for a plan. */
  readonly changeSet: ChangeSet;

  constructor(
    cluster: string,
    problems: PlanProblem[],
    changeSet: ChangeSet = [],
  ) {
    super(
      boundedText(
        [
          `Nothing was changed on cluster '${cluster}', because of ${
            problems.length === 1 ? 'a problem' : `${problems.length} problems`
          }:`,
          ...problems.map(problem => `- ${formatPlanProblem(problem)}`),
        ].join('\n'),
      ),
    );
    this.problems = problems;
    this.changeSet = changeSet;
  }
}
