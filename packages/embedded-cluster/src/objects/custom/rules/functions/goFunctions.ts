import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { goPattern } from '../../goPattern';
import { everyNode } from '../syntaxNodes';
import type { Refuse } from './Refuse';

const PREFIX = 'go_';

type Text = (text: string, ...rest: never[]) => unknown;

/**
 * Functions on text that the library has and that give something else in Go:
 * Go counts characters, not halves of them, and has its own patterns. They have
 * a name of their own, because the library's cannot be replaced.
 */
export function registerGoFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  const checked = (index: bigint, length: number): number => {
    if (index < 0n || index > BigInt(length)) {
      throw refuse(`index out of range: ${index}`);
    }
    return Number(index);
  };
  const substring = (text: string, start: bigint, end?: bigint): string => {
    const letters = [...text];
    const to = checked(end ?? BigInt(letters.length), letters.length);
    const from = checked(start, letters.length);
    if (from > to) {
      throw refuse(`invalid substring range. start: ${from}, end: ${to}`);
    }
    return letters.slice(from, to).join('');
  };
  const matches = (text: string, pattern: string): boolean => {
    try {
      return goPattern(pattern).test(text);
    } catch (error) {
      throw refuse(`error parsing regexp: ${String(error)}`);
    }
  };
  const functions: Readonly<Record<string, Text>> = {
    'matches(string): bool': matches,
    'lowerAscii(): string': text =>
      text.replace(/[A-Z]/g, letter => letter.toLowerCase()),
    'upperAscii(): string': text =>
      text.replace(/[a-z]/g, letter => letter.toUpperCase()),
    'substring(int): string': (text, start: bigint) => substring(text, start),
    'substring(int, int): string': substring,
  };
  for (const [signature, action] of Object.entries(functions)) {
    environment.registerFunction(`string.${PREFIX}${signature}`, action);
  }
}

const RENAMED: ReadonlySet<string> = new Set([
  'matches',
  'lowerAscii',
  'upperAscii',
  'substring',
]);

/** Makes a parsed expression call Go's functions; its types were checked before, or are by themselves. */
export function callGoFunctions(ast: ASTNode): void {
  for (const node of everyNode(ast)) {
    if (node.op === 'rcall' && RENAMED.has(node.args[0])) {
      node.args[0] = `${PREFIX}${node.args[0]}`;
    }
  }
}
