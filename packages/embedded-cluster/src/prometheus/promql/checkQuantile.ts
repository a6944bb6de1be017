import type { Evaluation } from './Evaluation';
import type { Span } from './expression';
import { formatShort } from './formatNumber';

/** Warns of a quantile that is none. */
export function checkQuantile(
  evaluation: Evaluation,
  phi: number,
  argument: Span,
): void {
  if (!(phi >= 0 && phi <= 1)) {
    evaluation.scope.annotations.warn(
      `quantile value should be between 0 and 1, got ${formatShort(phi)}`,
      argument,
    );
  }
}
