import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import type { TypeSchema } from '../../../model/TypeSchema';
import { FUNCTIONS_NOT_HERE } from './createRuleEnvironment';
import { declareSelf } from './declareSelf';
import { describeMistake } from './describeMistake';
import { findStricter } from './findStricter';
import { formatMistake } from './formatMistake';
import { everyNode } from './syntaxNodes';

/** What is wrong with an expression. */
export type RuleProblem =
  /** As the server words it. */
  | { status: 'refused'; message: string }
  /** A real server may take it. */
  | { status: 'notHere'; what: string };

export interface CheckedExpression {
  text: string;
  schema: TypeSchema;
  /** Whether the schema is that of the whole object. */
  isRoot: boolean;
}

/** `has(a.b)` takes any field; `dyn(a.b)`, which is as long, one that there is. */
const HAS = /(?<![.\w])has(?=\s*\()/g;

/**
 * Reads an expression and checks the types in it.
 *
 * @param base - what has neither `self` nor `oldSelf` yet
 * @returns its type, or what is wrong
 */
export function checkRule(
  base: Environment,
  { text, schema, isRoot }: CheckedExpression,
): { type: string } | RuleProblem {
  const environment = declareSelf(base, schema, text, isRoot);
  for (const source of [text.replace(HAS, 'dyn'), text]) {
    let ast: ASTNode;
    try {
      const parsed = environment.parse(source);
      ast = parsed.ast;
      const { valid, error } = parsed.check();
      if (!valid) {
        throw error ?? new Error('it cannot be checked');
      }
    } catch (error) {
      return problemOf(error, text, environment);
    }
    const stricter = findStricter(ast);
    if (stricter) {
      return { status: 'refused', message: formatMistake(text, stricter) };
    }
    if (source === text) {
      return { type: resultType(environment, ast) };
    }
  }
  throw new Error('unreachable: the last source is the text');
}

function problemOf(
  error: unknown,
  text: string,
  environment: Environment,
): RuleProblem {
  const missing = findMissing(text);
  if (missing !== undefined) {
    return { status: 'notHere', what: missing };
  }
  const known = new Set(
    environment.getDefinitions().functions.map(({ name }) => name),
  );
  return {
    status: 'refused',
    message: formatMistake(text, describeMistake(error, text, known)),
  };
}

/** What the expression uses that only a real server has. */
function findMissing(text: string): string | undefined {
  const outsideText = text.replace(/'[^']*'|"[^"]*"/g, '""');
  if (/[[{,(]\s*\?/.test(outsideText)) {
    return 'optional elements of lists and maps';
  }
  if (/\.(?:all|exists|exists_one)\(\s*\w+\s*,\s*\w+\s*,/.test(outsideText)) {
    return 'macros with two variables';
  }
  const names = outsideText.match(/[A-Za-z_]\w*(?=\s*[(.])/g) ?? [];
  const name = names.find(one => FUNCTIONS_NOT_HERE.has(one));
  return name === undefined ? undefined : `the function ${name}`;
}

/** The library calls `dyn` what it cannot tell, the result of a call among it. */
function resultType(environment: Environment, ast: ASTNode): string {
  const { type = 'dyn' } = environment.check(ast.input);
  const isCall = [...everyNode(ast)].some(
    ({ op }) => op === 'call' || op === 'rcall' || op === '?:',
  );
  return type === 'dyn' && isCall ? 'any' : type;
}
