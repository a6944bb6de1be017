import type { SyntaxNode } from '@lezer/common';
import { Re2SyntaxError } from '../regex/compileRe2';
import { METRIC_NAME } from '../storage/labels';
import {
  labelMatcher,
  type LabelMatcher,
  type MatchOperator,
} from '../storage/LabelMatcher';
import type { VectorSelector } from './expression';
import { childrenOf, type QuerySource } from './QuerySource';

function isMatchOperator(text: string): text is MatchOperator {
  return ['=', '!=', '=~', '!~'].includes(text);
}

function readMatcher(source: QuerySource, node: SyntaxNode): LabelMatcher {
  const [label, operatorNode, value] = childrenOf(node);
  const name =
    label.name === 'QuotedLabelName'
      ? source.string(childrenOf(label)[0])
      : source.text(label);
  const operator = source.text(operatorNode);
  if (!isMatchOperator(operator)) {
    throw source.error(`unexpected "${operator}"`, operatorNode.from);
  }
  try {
    return labelMatcher(name, operator, source.string(value));
  } catch (error) {
    if (error instanceof Re2SyntaxError) {
      throw source.error(error.message, node.from);
    }
    throw error;
  }
}

/**
 * Reads a selector such as `up{job="api"}` from the grammar's tree.
 *
 * @throws PromqlParseError
 */
export function readVectorSelector(
  source: QuerySource,
  node: SyntaxNode,
): VectorSelector {
  const children = childrenOf(node);
  const matchers: LabelMatcher[] = [];
  const names: string[] = [];
  const setName = (name: string) => {
    names.push(name);
    matchers.push(labelMatcher(METRIC_NAME, '=', name));
  };
  for (const child of children) {
    if (child.name === 'Identifier') {
      setName(source.text(child));
      continue;
    }
    for (const part of childrenOf(child)) {
      if (part.name === 'QuotedLabelName') {
        setName(source.string(childrenOf(part)[0]));
      } else {
        const matcher = readMatcher(source, part);
        if (matcher.name === METRIC_NAME && matcher.operator === '=') {
          names.push(matcher.value);
        }
        matchers.push(matcher);
      }
    }
  }
  const named = children.some(({ name }) => name === 'Identifier');
  if (names.length > 1 && named) {
    throw source.error(
      `metric name must not be set twice: "${names[0]}" or "${names[1]}"`,
      node.from,
    );
  }
  if (matchers.every(({ matches }) => matches(''))) {
    throw source.error(
      'vector selector must contain at least one non-empty matcher',
      node.from,
    );
  }
  return {
    kind: 'vectorSelector',
    matchers,
    offsetMilliseconds: 0,
    from: node.from,
    to: node.to,
  };
}
