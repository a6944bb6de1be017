import type { SyntaxNode } from '@lezer/common';
import type { Span } from './expression';
import { parseNumber, parseString } from './literals';
import { PromqlParseError } from './PromqlError';

/** What 64 bits hold as nanoseconds. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** The children of a node of the grammar's tree, comments apart. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') {
      children.push(child);
    }
  }
  return children;
}

/** A query's text, and how its smallest parts are read. Each throws PromqlParseError. */
export class QuerySource {
  readonly query: string;

  constructor(query: string) {
    this.query = query;
  }

  error(message: string, position: number): PromqlParseError {
    return new PromqlParseError(message, position, this.query);
  }

  text(span: Span): string {
    return this.query.slice(span.from, span.to);
  }

  number(span: Span): number {
    const value = parseNumber(this.text(span));
    if (value === undefined) {
      throw this.error(`bad number ${this.text(span)}`, span.from);
    }
    return value;
  }

  string(span: Span): string {
    const value = parseString(this.text(span));
    if (value === undefined) {
      throw this.error('unterminated quoted string', span.from);
    }
    return value;
  }

  /** Of `[...]` and `offset`, in milliseconds: a number with a sign, perhaps, but no arithmetic. */
  duration(span: Span): number {
    const text = this.text(span);
    const seconds = parseNumber(text);
    if (seconds === undefined || !Number.isFinite(seconds)) {
      throw this.error(
        `experimental duration expression is not enabled: ${text}`,
        span.from,
      );
    }
    if (Math.abs(seconds) > LONGEST_SECONDS) {
      throw this.error('duration out of range', this.#placeOfDuration(span));
    }
    return Math.round(seconds * 1000);
  }

  /** Of a duration with a sign, the server names the place after the sign. */
  #placeOfDuration({ from, to }: Span): number {
    const text = this.query.slice(from, to);
    return from + (/^[+-](?=.*[a-z])/.exec(text)?.[0].length ?? 0);
  }

  positiveDuration(span: Span): number {
    const milliseconds = this.duration(span);
    if (milliseconds <= 0) {
      throw this.error('duration must be greater than 0', span.from);
    }
    return milliseconds;
  }

  /** Names in parentheses, some of them quoted. */
  labelNames(node: SyntaxNode): string[] {
    return childrenOf(node).map(child =>
      child.name === 'QuotedLabelName'
        ? this.string(childrenOf(child)[0])
        : this.text(child),
    );
  }
}
