import { JSONPath } from 'jsonpath-plus';

/** A step of a path that compares, such as `[?(@.type=="Ready")]`. */
interface Filter {
  path: string;
  operator: string;
  literal: string | number | boolean;
}

type Step = string | Filter;

const FILTER =
  /\[\?\(\s*@([^\s=!<>]*)\s*(==|!=|<=|>=|<|>)\s*("[^"]*"|'[^']*'|-?[\d.]+|true|false)\s*\)\]/g;

/**
 * What a definition's column path finds in an object, in Kubernetes' dialect
 * of JSONPath. The library walks; comparisons are made here, because the
 * library would evaluate them as code, and definitions are anybody's text.
 *
 * @returns nothing for a path that cannot be read
 */
export function findByPath(object: object, jsonPath: string): unknown[] {
  let found: unknown[] = [object];
  for (const step of stepsOf(jsonPath)) {
    found =
      typeof step === 'string'
        ? found.flatMap(value => walk(value, step))
        : found
            .flatMap(value =>
              Array.isArray(value) ? (value as unknown[]) : [value],
            )
            .filter(value => passes(value, step));
  }
  return found;
}

const known = new Map<string, readonly Step[]>();

function stepsOf(jsonPath: string): readonly Step[] {
  let steps = known.get(jsonPath);
  if (steps === undefined) {
    steps = parse(jsonPath);
    known.set(jsonPath, steps);
  }
  return steps;
}

function parse(jsonPath: string): Step[] {
  const steps: Step[] = [];
  let from = 0;
  for (const match of jsonPath.matchAll(FILTER)) {
    pushPath(steps, jsonPath.slice(from, match.index));
    steps.push({
      path: translate(match[1]),
      operator: match[2],
      literal: literalOf(match[3]),
    });
    from = match.index + match[0].length;
  }
  pushPath(steps, jsonPath.slice(from));
  return steps;
}

function pushPath(steps: Step[], path: string): void {
  if (path !== '' && path !== '.') {
    steps.push(translate(path));
  }
}

/** Fields into brackets, in which dots and other letters mean themselves: `.a\.b` is `['a.b']`. */
function translate(path: string): string {
  return `$${path
    .replace(/^\$/, '')
    .replace(/^(?=[^.[])/, '.')
    .replace(
      /\[[^\]]*\]|(?<!\.)\.((?:\\.|[^.[\\*])+)/g,
      (all, field: string | undefined) =>
        field === undefined
          ? all
          : `['${field.replace(/\\(.)/g, '$1').replace(/'/g, '')}']`,
    )}`;
}

function literalOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  return /^["']/.test(text) ? text.slice(1, -1) : Number(text);
}

function walk(value: unknown, path: string): unknown[] {
  if (path === '$') {
    return [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  try {
    const found: unknown = JSONPath({
      path,
      json: value,
      eval: false,
      wrap: true,
    });
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function passes(value: unknown, { path, operator, literal }: Filter): boolean {
  const [left] = walk(value, path);
  switch (operator) {
    case '==':
      return left === literal;
    case '!=':
      return left !== undefined && left !== literal;
    default:
      return compares(left, operator, literal);
  }
}

function compares(
  left: unknown,
  operator: string,
  right: string | number | boolean,
): boolean {
  const bothNumbers = typeof left === 'number' && typeof right === 'number';
  const bothTexts = typeof left === 'string' && typeof right === 'string';
  if (!bothNumbers && !bothTexts) {
    return false;
  }
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
