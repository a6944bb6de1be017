import {
  labelsOf,
  METRIC_NAME,
  NO_LABELS,
  type Labels,
} from '../storage/labels';
import { withoutParentheses, type Expression } from './expression';

/** What a selector asks for by equality, each label once: what is known of a series that is not there. */
export function labelsOfAbsent(expression: Expression): Labels {
  const inner = withoutParentheses(expression);
  const selector = inner.kind === 'matrixSelector' ? inner.selector : inner;
  if (selector.kind !== 'vectorSelector') {
    return NO_LABELS;
  }
  const known = new Map<string, string>();
  const mentioned = new Set<string>();
  for (const { name, operator, value } of selector.matchers) {
    if (name === METRIC_NAME) {
      continue;
    }
    if (operator === '=' && !mentioned.has(name)) {
      known.set(name, value);
      mentioned.add(name);
    } else {
      known.delete(name);
    }
  }
  return labelsOf(known);
}
