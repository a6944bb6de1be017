import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { checkTypes } from './checkTypes';
import type { Expression } from './expression';
import { ExpressionReader } from './ExpressionReader';
import { PromqlParseError } from './PromqlError';
import { childrenOf } from './QuerySource';

/** The first place where the grammar was lost. */
function checkSyntax(query: string, top: SyntaxNode): void {
  let position: number | undefined;
  top.cursor().iterate(node => {
    if (node.type.isError && position === undefined) {
      position = node.from;
    }
  });
  if (position === undefined) {
    return;
  }
  const rest = query.slice(position).trim();
  const unknownFunction = /^([A-Za-z_:][\w:]*)\s*\(/.exec(
    query.slice(query.slice(0, position).search(/[A-Za-z_:][\w:]*\s*$/)),
  );
  if (rest.startsWith('(') && unknownFunction) {
    throw new PromqlParseError(
      `unknown function with name "${unknownFunction[1]}"`,
      position - unknownFunction[1].length,
      query,
    );
  }
  throw new PromqlParseError(
    rest === ''
      ? 'unexpected end of input'
      : `unexpected ${JSON.stringify(rest)}`,
    position,
    query,
  );
}

/**
 * Parses PromQL and checks that its types fit.
 *
 * @throws PromqlParseError
 */
export function parsePromql(query: string): Expression {
  const top = parser.parse(query).topNode;
  const [root, ...others] = childrenOf(top);
  if (query.trim() === '' || root === undefined) {
    throw new PromqlParseError(
      'no expression found in input',
      undefined,
      query,
    );
  }
  checkSyntax(query, top);
  if (others.length > 0) {
    throw new PromqlParseError(
      `unexpected ${JSON.stringify(query.slice(others[0].from))}`,
      others[0].from,
      query,
    );
  }
  const expression = new ExpressionReader(query).read(root);
  checkTypes(query, expression);
  return expression;
}
