import { CustomErrorBase } from '@backstage/errors';
import { formatPlanProblem, PlanProblem } from '../model/PlanProblem';

/** The preflight found reasons not to apply; nothing was changed. */
export class PlanRefusedError extends CustomErrorBase {
  name = 'PlanRefusedError' as const;
  readonly problems: PlanProblem[];

  constructor(cluster: string, problems: PlanProblem[]) {
    super(
      [
        `Nothing was changed on cluster '${cluster}', because of ${
          problems.length === 1 ? 'a problem' : `${problems.length} problems`
        }:`,
        ...problems.map(problem => `- ${formatPlanProblem(problem)}`),
      ].join('\n'),
    );
    this.problems = problems;
  }
}
