import { StatusError } from '../../model/StatusError';
import { labelValue, qualifiedName } from '../validating/names';

const TOKEN = /\s*(?:(==|!=|[=!,()<>])|([^\s=!,()<>]+))/gy;

interface Token {
  text: string;
  isSymbol: boolean;
}

/** Reads a label selector word by word, and refuses it in the API server's words. */
export class LabelSelectorReader {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(selector: string) {
    this.#tokens = [...selector.trim().matchAll(TOKEN)].map(
      ([, symbol, word]) =>
        symbol === undefined
          ? { text: word, isSymbol: false }
          : { text: symbol, isSymbol: true },
    );
  }

  isDone(): boolean {
    return this.#position >= this.#tokens.length;
  }

  takeIf(symbol: string): boolean {
    const found = this.#isNext(symbol);
    if (found) {
      this.#position++;
    }
    return found;
  }

  /** @throws StatusError 400 where none is next, or it is none that a label can have */
  key(): string {
    const token = this.#tokens[this.#position++];
    if (!token || token.isSymbol) {
      throw StatusError.badRequest(
        `found '${
          token?.text ?? ''
        }', expected: !, identifier, or 'end of string'`,
      );
    }
    const [problem] = qualifiedName(token.text);
    if (problem !== undefined) {
      throw unreadable(
        `<nil>: Invalid value: ${JSON.stringify(token.text)}: ${problem}`,
      );
    }
    return token.text;
  }

  /** @returns undefined where the requirement ends */
  operator(): string | undefined {
    return this.#atEnd() ? undefined : this.#tokens[this.#position++].text;
  }

  /** Empty where the requirement ends. */
  value(key: string): string {
    return checkedValue(key, this.#atEnd() ? '' : this.#word(), 0);
  }

  /** In brackets; one that is left out is empty. */
  values(key: string): Set<string | undefined> {
    if (!this.takeIf('(')) {
      throw unreadable(`found '${this.#found()}' expected: '('`);
    }
    const found: string[] = [];
    for (;;) {
      const text = this.#isNext(',') || this.#isNext(')') ? '' : this.#word();
      found.push(checkedValue(key, text, found.length));
      if (this.takeIf(')')) {
        return new Set(found);
      }
      if (!this.takeIf(',')) {
        throw unreadable(`found '${this.#found()}', expected: ',' or ')'`);
      }
    }
  }

  /** What follows a requirement: a comma and another one, or nothing. */
  endRequirement(): void {
    if (this.isDone()) {
      return;
    }
    if (!this.takeIf(',')) {
      throw StatusError.badRequest(
        `found '${this.#found()}', expected: ',' or 'end of string'`,
      );
    }
    if (this.isDone()) {
      throw StatusError.badRequest(`found '', expected: identifier after ','`);
    }
  }

  #word(): string {
    const token = this.#tokens[this.#position++];
    if (!token || token.isSymbol) {
      throw unreadable(`found '${token?.text ?? ''}', expected: identifier`);
    }
    return token.text;
  }

  #isNext(symbol: string): boolean {
    const token = this.#tokens[this.#position];
    return token !== undefined && token.isSymbol && token.text === symbol;
  }

  #atEnd(): boolean {
    return this.isDone() || this.#isNext(',');
  }

  #found(): string {
    return this.#tokens[this.#position]?.text ?? '';
  }
}

function checkedValue(key: string, value: string, index: number): string {
  const [problem] = labelValue(value);
  if (problem !== undefined) {
    throw unreadable(
      `values[${index}][${key}]: Invalid value: ${JSON.stringify(
        value,
      )}: ${problem}`,
    );
  }
  return value;
}

function unreadable(why: string): StatusError {
  return StatusError.badRequest(`unable to parse requirement: ${why}`);
}
