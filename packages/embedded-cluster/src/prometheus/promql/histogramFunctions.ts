import { checkQuantile } from './checkQuantile';
import type { Evaluation } from './Evaluation';
import { withoutParentheses, type Expression, type Span } from './expression';
import { bucketFraction, bucketQuantile, histogramsOf } from './histograms';
import type { Vector } from './values';

function histograms(evaluation: Evaluation, samples: Vector, argument: Span) {
  return histogramsOf(samples, text =>
    evaluation.scope.annotations.warn(
      `bucket label "le" is missing or has a malformed value of ${JSON.stringify(
        text,
      )}`,
      argument,
    ),
  );
}

export function histogramQuantile(
  evaluation: Evaluation,
  quantile: Expression,
  argument: Expression,
  time: number,
): Vector {
  const phi = evaluation.scalar(quantile, time);
  const samples = evaluation.vector(argument, time);
  checkQuantile(evaluation, phi, withoutParentheses(quantile));
  const place = withoutParentheses(argument);
  return histograms(evaluation, samples, place).map(({ labels, buckets }) => {
    const { value, forcedMonotonic } = bucketQuantile(phi, buckets);
    if (forcedMonotonic) {
      evaluation.scope.annotations.inform(
        'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)',
        place,
      );
    }
    return { labels, value };
  });
}

export function histogramFraction(
  evaluation: Evaluation,
  given: readonly Expression[],
  time: number,
): Vector {
  const lower = evaluation.scalar(given[0], time);
  const upper = evaluation.scalar(given[1], time);
  const samples = evaluation.vector(given[2], time);
  return histograms(evaluation, samples, withoutParentheses(given[2])).map(
    ({ labels, buckets }) => ({
      labels,
      value: bucketFraction(lower, upper, buckets),
    }),
  );
}
