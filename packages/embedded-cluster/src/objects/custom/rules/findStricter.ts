import type { ASTNode } from '@marcbachmann/cel-js';
import { goPattern } from '../goPattern';
import type { Mistake } from './formatMistake';
import {
  checkedType,
  everyNode,
  operatorName,
  placeOf,
  serverTypeName,
} from './syntaxNodes';

const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/;
const CLAUSE = /%(?:%|(?:\.\d+)?([^]))/g;
const READERS: Readonly<Record<string, (text: string) => boolean>> = {
  matches: isPattern,
  duration: text => text === '0' || DURATION.test(text),
  timestamp: text => !Number.isNaN(Date.parse(text)),
};
/** What the library has and no rule can use. */
const NAMES_OF_THE_LIBRARY = new Set(['cel', 'google']);

/** What the server refuses and the library's own check lets pass. */
export function findStricter(ast: ASTNode): Mistake | undefined {
  const nodes = [...everyNode(ast)];
  const isFormatted = new Set(nodes.flatMap(argumentsOfFormat));
  for (const node of nodes) {
    const mistake =
      nameMistake(node) ??
      indexMistake(node) ??
      literalMistake(node) ??
      clauseMistake(node) ??
      (isFormatted.has(node) ? undefined : mixtureMistake(node));
    if (mistake) {
      return mistake;
    }
  }
  return undefined;
}

function nameMistake(node: ASTNode): Mistake | undefined {
  return node.op === 'id' && NAMES_OF_THE_LIBRARY.has(node.args)
    ? {
        position: node.start,
        message: `undeclared reference to '${node.args}' (in container '')`,
      }
    : undefined;
}

/** Objects have no index, and a map only that of its keys. */
function indexMistake(node: ASTNode): Mistake | undefined {
  if (node.op !== '[]') {
    return undefined;
  }
  const [left, right] = node.args.map(checkedType);
  const isWrong =
    left.kind === 'message' ||
    (left.kind === 'map' &&
      right.kind !== 'dyn' &&
      !left.name.startsWith(`map<${right.name}, `) &&
      !left.name.startsWith('map<dyn'));
  return isWrong
    ? {
        position: placeOf(node),
        message: `found no matching overload for '${operatorName(
          node,
        )}' applied to '(${serverTypeName(left.name)}, ${serverTypeName(
          right.name,
        )})'`,
      }
    : undefined;
}

/** Texts that are read early. */
function literalMistake(node: ASTNode): Mistake | undefined {
  const name = node.op === 'call' || node.op === 'rcall' ? node.args[0] : '';
  const reads = READERS[name];
  const first =
    node.op === 'call'
      ? node.args[1][0]
      : (node.op === 'rcall' && node.args[2][0]) || undefined;
  return reads &&
    first?.op === 'value' &&
    typeof first.args === 'string' &&
    !reads(first.args)
    ? { position: first.start, message: `invalid ${name} argument` }
    : undefined;
}

/** What is formatted may be of any type. */
function argumentsOfFormat(node: ASTNode): ASTNode[] {
  return node.op === 'rcall' && node.args[0] === 'format' ? node.args[2] : [];
}

function clauseMistake(node: ASTNode): Mistake | undefined {
  if (node.op !== 'rcall' || node.args[0] !== 'format') {
    return undefined;
  }
  const template = node.args[1];
  const written =
    template.op === 'value' && typeof template.args === 'string'
      ? template.args
      : '';
  const clause = Array.from(written.matchAll(CLAUSE), match => match[1]).find(
    letter => letter !== undefined && !'sdfexXob'.includes(letter),
  );
  return clause === undefined
    ? undefined
    : {
        position: placeOf(node),
        message: `could not parse formatting clause: unrecognized formatting clause "${clause}"`,
      };
}

/** Lists and maps that are written out are of one type. */
function mixtureMistake(node: ASTNode): Mistake | undefined {
  if (node.op === 'list') {
    return mixtureOf(node.args);
  }
  return node.op === 'map'
    ? mixtureOf(node.args.map(([key]) => key)) ??
        mixtureOf(node.args.map(([, value]) => value))
    : undefined;
}

function mixtureOf(nodes: readonly ASTNode[]): Mistake | undefined {
  const names = nodes.map(node => checkedType(node).name);
  const isOpen = (name: string) => /\b(?:dyn|[A-Z])\b/.test(name);
  const wanted = names.find(name => !isOpen(name));
  const index = names.findIndex(name => !isOpen(name) && name !== wanted);
  return wanted === undefined || index < 0
    ? undefined
    : {
        position: placeOf(nodes[index]),
        message: `expected type '${serverTypeName(
          wanted,
        )}' but found '${serverTypeName(names[index])}'`,
      };
}

function isPattern(text: string): boolean {
  try {
    return goPattern(text) !== undefined;
  } catch {
    return false;
  }
}
