import { compileRe2, Re2SyntaxError } from '../regex/compileRe2';
import { expandTemplate } from '../regex/expandTemplate';
import { isLabelName, withLabels } from '../storage/labels';
import { PromqlExecutionError } from './PromqlError';
import type { Vector } from './values';

/** `label_replace`: sets a label to what a regular expression captured of another. */
export function labelReplace(
  samples: Vector,
  [destination, replacement, source, pattern]: readonly string[],
): Vector {
  let regex: RegExp;
  try {
    regex = compileRe2(pattern);
  } catch (error) {
    if (error instanceof Re2SyntaxError) {
      throw new PromqlExecutionError(
        `invalid regular expression in label_replace(): ${pattern}`,
      );
    }
    throw error;
  }
  if (!isLabelName(destination)) {
    throw new PromqlExecutionError(
      `invalid destination label name in label_replace(): ${destination}`,
    );
  }
  return samples.map(sample => {
    const match = regex.exec(sample.labels.get(source) ?? '');
    return match
      ? {
          ...sample,
          labels: withLabels(sample.labels, {
            [destination]: expandTemplate(replacement, match),
          }),
        }
      : sample;
  });
}

/** `label_join`: sets a label to others, joined. */
export function labelJoin(
  samples: Vector,
  [destination, separator, ...sources]: readonly string[],
): Vector {
  const bad = sources.find(source => !isLabelName(source));
  if (bad !== undefined) {
    throw new PromqlExecutionError(
      `invalid source label name in label_join(): ${bad}`,
    );
  }
  if (!isLabelName(destination)) {
    throw new PromqlExecutionError(
      `invalid destination label name in label_join(): ${destination}`,
    );
  }
  return samples.map(sample => ({
    ...sample,
    labels: withLabels(sample.labels, {
      [destination]: sources
        .map(source => sample.labels.get(source) ?? '')
        .join(separator),
    }),
  }));
}
