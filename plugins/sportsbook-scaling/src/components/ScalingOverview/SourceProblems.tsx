import { problemTitle, SourceProblem } from '../../model/sourceProblems';
import { formatMoment } from '../../model/displayFormat';
import { ScalingNotice } from '../ScalingNotice';
import styles from './ScalingOverview.module.css';

/** Which sources say nothing, since when, and what that means for the rest of the card. */
export function SourceProblems(props: {
  problems: SourceProblem[];
  /** Time of the snapshot, in seconds. */
  now: number;
}) {
  const { problems, now } = props;
  if (problems.length === 0) {
    return null;
  }
  const titleOf = (problem: SourceProblem) =>
    problemTitle(problem, formatMoment(problem.since, now));
  const title =
    problems.length === 1
      ? titleOf(problems[0])
      : `${problems.length} sources are incomplete`;
  return (
    <ScalingNotice status="warning" title={title}>
      {problems.length === 1 ? (
        <ProblemText problem={problems[0]} />
      ) : (
        <ul className={styles.problems}>
          {problems.map(problem => (
            <li key={problem.source}>
              <strong>{titleOf(problem)}.</strong>{' '}
              <ProblemText problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </ScalingNotice>
  );
}

function ProblemText({ problem }: { problem: SourceProblem }) {
  return (
    <>
      {problem.message}
      {problem.showsOldValue && ' What is shown of it is from then.'}
    </>
  );
}
