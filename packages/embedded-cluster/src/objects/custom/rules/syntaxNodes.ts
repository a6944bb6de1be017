import type { ASTNode } from '@marcbachmann/cel-js';
import { z } from 'zod';

/** Operators as the server calls them; the library has most of them under their sign. */
const OPERATORS: Readonly<Record<string, string>> = {
  '[]': '_[_]',
  '?:': '_?_:_',
  '!_': '!_',
  '-_': '-_',
  in: '@in',
};

export function operatorName({ op }: ASTNode): string {
  return OPERATORS[op] ?? `_${op}_`;
}

/** The nodes right below one. */
export function childrenOf(node: ASTNode): ASTNode[] {
  return nodesIn(node.args);
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) {
    return value.flatMap(nodesIn);
  }
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'op' in value &&
    'args' in value &&
    'start' in value
  );
}

/** The node and all in it, outer ones first. */
export function* everyNode(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of childrenOf(node)) {
    yield* everyNode(child);
  }
}

const checked = z.object({
  checkedType: z.object({ name: z.string(), kind: z.string() }),
});

/** What the library's check found a node to be; `dyn` where it was not come to. */
export function checkedType(node: ASTNode): { name: string; kind: string } {
  const { data } = checked.safeParse({
    checkedType: 'checkedType' in node ? node.checkedType : undefined,
  });
  return data?.checkedType ?? { name: 'dyn', kind: 'dyn' };
}

/** A type's name as the server writes it: `list<int>` is `list(int)`. */
export function serverTypeName(name: string): string {
  return name
    .replaceAll('google.protobuf.Timestamp', 'timestamp')
    .replaceAll('google.protobuf.Duration', 'duration')
    .replaceAll('optional<', 'optional_type<')
    .replaceAll('dyn<', '<')
    .replaceAll('<', '(')
    .replaceAll('>', ')');
}

/** Where the server says that a node is, counted from 0: at its operator or parenthesis. */
export function placeOf(node: ASTNode): number {
  const { input } = node;
  switch (node.op) {
    case 'call':
      return input.indexOf('(', node.start);
    case 'rcall': {
      const [name, receiver] = node.args;
      return input.indexOf('(', input.indexOf(name, receiver.end));
    }
    case '.':
    case '.?': {
      const [left] = node.args;
      return input.indexOf('.', left.end);
    }
    case '[]':
    case '[?]':
      return input.indexOf('[', node.args[0].end);
    case '?:':
      return input.indexOf('?', node.args[0].end);
    case 'value':
    case 'id':
    case 'list':
    case 'map':
    case '!_':
    case '-_':
      return node.start;
    default:
      return input.indexOf(node.op, node.args[0].end);
  }
}
