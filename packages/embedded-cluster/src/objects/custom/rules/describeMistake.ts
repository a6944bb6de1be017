import type { ASTNode } from '@marcbachmann/cel-js';
import { messageOf } from '../../../runtime/messageOf';
import { isCelError, type CelError } from './CelError';
import { describeSyntax } from './describeSyntax';
import type { Mistake } from './formatMistake';
import {
  checkedType,
  childrenOf,
  operatorName,
  placeOf,
  serverTypeName,
} from './syntaxNodes';

/**
 * An error of the library's parser or check, in the words of the server
 * (https://github.com/google/cel-go).
 *
 * @param functions - names of all functions that there are
 */
export function describeMistake(
  error: unknown,
  text: string,
  functions: ReadonlySet<string>,
): Mistake {
  if (!isCelError(error)) {
    return { position: 0, message: messageOf(error) };
  }
  const node = nodeOf(error);
  return node === undefined || error.name === 'ParseError'
    ? describeSyntax(error, text)
    : describeTypes(error, node, text, functions);
}

function nodeOf({ node }: CelError): ASTNode | undefined {
  return node !== undefined && 'op' in node && 'args' in node
    ? (node as ASTNode)
    : undefined;
}

function describeTypes(
  { code, summary }: CelError,
  node: ASTNode,
  text: string,
  functions: ReadonlySet<string>,
): Mistake {
  const position = placeOf(node);
  const noOverload = (name: string, types: string) => ({
    position,
    message: `found no matching overload for '${name}' applied to '${types}'`,
  });
  switch (code) {
    case 'unknown_variable':
      return {
        position: node.start,
        message: `undeclared reference to '${String(
          node.args,
        )}' (in container '')`,
      };
    case 'no_such_key':
      return {
        position: inHas(node, text) ?? position,
        message: `undefined field '${fieldOf(node)}'`,
      };
    case 'cannot_index_type':
    case 'invalid_index_type':
      return node.op === '.' || node.op === '.?'
        ? {
            position: inHas(node, text) ?? position,
            message: `type '${typeName(
              node.args[0],
            )}' does not support field selection`,
          }
        : noOverload(operatorName(node), typesOf(childrenOf(node)));
    case 'no_such_overload':
    case 'incompatible_ternary_branches':
      return noOverload(operatorName(node), typesOf(childrenOf(node)));
    case 'no_matching_overload':
      return describeCall(node, position, functions);
    case 'invalid_condition_type':
      return describeCondition(summary, node, text);
    case 'invalid_logical_operand': {
      const operand =
        childrenOf(node).find(
          child => !['bool', 'dyn'].includes(typeName(child)),
        ) ?? node;
      return expected(operand, 'bool', typeName(operand));
    }
    case 'heterogeneous_list_element':
    case 'heterogeneous_map_key':
    case 'heterogeneous_map_value': {
      const [, wanted = '', found = ''] =
        /expected type '(.*)' but found '(.*)'/.exec(summary) ?? [];
      return expected(node, serverTypeName(wanted), serverTypeName(found));
    }
    case 'invalid_comprehension_range':
      return {
        position,
        message: `expression of type '${typeName(
          node,
        )}' cannot be range of a comprehension (must be list, map, or dynamic)`,
      };
    case 'invalid_macro_argument':
      return { position, message: 'invalid argument to has() macro' };
    default:
      return { position, message: summary };
  }
}

function describeCall(
  node: ASTNode,
  position: number,
  functions: ReadonlySet<string>,
): Mistake {
  const name = String(Array.isArray(node.args) ? node.args[0] : '');
  if (!functions.has(name)) {
    return {
      position,
      message: `undeclared reference to '${name}' (in container '')`,
    };
  }
  const children = childrenOf(node);
  const types =
    node.op === 'rcall'
      ? `${typeName(children[0])}.${typesOf(children.slice(1))}`
      : typesOf(children);
  return {
    position,
    message: `found no matching overload for '${name}' applied to '${types}'`,
  };
}

/** The library names the condition, the server what has it. */
function describeCondition(
  summary: string,
  condition: ASTNode,
  text: string,
): Mistake {
  const found = typeName(condition);
  if (/^(?:all|exists)\(/.test(summary)) {
    return expected(condition, 'bool', found);
  }
  const mark = text.indexOf('?', condition.end);
  const isTernary = summary.startsWith('Ternary') && mark >= 0;
  return {
    position: isTernary ? mark : placeOf(condition),
    message: `found no matching overload for '_?_:_' applied to '(${found}, ${
      isTernary ? 'bool, bool' : 'list(dyn), list(dyn)'
    })'`,
  };
}

function expected(node: ASTNode, wanted: string, found: string): Mistake {
  return {
    position: placeOf(node),
    message: `expected type '${wanted}' but found '${found}'`,
  };
}

/** Where `has` is called, where the node is all that it is asked about. */
function inHas(node: ASTNode, text: string): number | undefined {
  const call = /(?<![.\w])has\s*\(\s*$/.exec(text.slice(0, node.start));
  return call && /^\s*\)/.test(text.slice(node.end))
    ? text.indexOf('(', call.index)
    : undefined;
}

function fieldOf(node: ASTNode): string {
  const last = Array.isArray(node.args) ? node.args[1] : undefined;
  return typeof last === 'string' ? last : '';
}

function typeName(node: ASTNode): string {
  return serverTypeName(checkedType(node).name);
}

function typesOf(nodes: readonly ASTNode[]): string {
  return `(${nodes.map(typeName).join(', ')})`;
}
