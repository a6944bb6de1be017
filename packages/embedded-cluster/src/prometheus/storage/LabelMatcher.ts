import { compileRe2 } from '../regex/compileRe2';
import type { Labels } from './labels';

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One condition of a selector, such as `status=~"5.."`. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  matches(value: string): boolean;
}

/** @throws Re2SyntaxError for a regular expression that RE2 refuses */
export function labelMatcher(
  name: string,
  operator: MatchOperator,
  value: string,
): LabelMatcher {
  switch (operator) {
    case '=':
      return { name, operator, value, matches: other => other === value };
    case '!=':
      return { name, operator, value, matches: other => other !== value };
    default: {
      const wanted = operator === '=~';
      const regex = compileRe2(value);
      return {
        name,
        operator,
        value,
        matches: other => regex.test(other) === wanted,
      };
    }
  }
}

/** A label that a series does not have counts as empty. */
export function matchesAll(
  labels: Labels,
  matchers: readonly LabelMatcher[],
): boolean {
  return matchers.every(({ name, matches }) => matches(labels.get(name) ?? ''));
}
