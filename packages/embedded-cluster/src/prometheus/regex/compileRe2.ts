import { messageOf } from '../../runtime/messageOf';
/** A regular expression that RE2 refuses, or that cannot be carried over to JavaScript. */
export class Re2SyntaxError extends Error {
  readonly name = 'Re2SyntaxError' as const;
}

const SPACES = '\\t\\n\\f\\r ';
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const MAX_REPEAT = 1000;

/** In a class a hyphen needs a backslash too; outside of one it must not have it. */
function literal(character: string, insideClass: boolean): string {
  const special = insideClass
    ? /[\^$\\.*+?()[\]{}|/-]/
    : /[\^$\\.*+?()[\]{}|/]/;
  return special.test(character) ? `\\${character}` : character;
}

function invalid(what: string, where: string): Re2SyntaxError {
  return new Re2SyntaxError(`error parsing regexp: ${what}: \`${where}\``);
}

/** Reads RE2's syntax from left to right and writes the same in JavaScript's, with its `u` and `s` flags. */
class Re2Translator {
  readonly #pattern: string;
  #at = 0;
  ignoreCase = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  translate(): string {
    const leading = /^\(\?([is]+)\)/.exec(this.#pattern);
    if (leading) {
      this.ignoreCase = leading[1].includes('i');
      this.#at = leading[0].length;
    }
    let out = '';
    let depth = 0;
    let repeatable = false;
    while (this.#at < this.#pattern.length) {
      const rest = this.#pattern.slice(this.#at);
      const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      const repeat = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(rest);
      if (repeat) {
        if (!repeatable) {
          throw /[*+?}]\??$/.test(this.#pattern.slice(0, this.#at))
            ? invalid('invalid nested repetition operator', repeat[0])
            : invalid('missing argument to repetition operator', repeat[0]);
        }
        if (Number(repeat[1]) > MAX_REPEAT || Number(repeat[2]) > MAX_REPEAT) {
          throw invalid('invalid repeat count', repeat[0]);
        }
        out += repeat[0];
        this.#at += repeat[0].length;
        repeatable = false;
      } else if (character === '(') {
        out += this.#group(rest);
        depth += 1;
        repeatable = false;
      } else if (character === ')') {
        depth -= 1;
        if (depth < 0) {
          throw invalid('unexpected )', this.#pattern);
        }
        out += ')';
        this.#at += 1;
        repeatable = true;
      } else if (character === '[') {
        out += this.#characterClass();
        repeatable = true;
      } else if (character === '\\') {
        out += this.#escape(false);
        repeatable = true;
      } else {
        out += '.^$|'.includes(character)
          ? character
          : literal(character, false);
        this.#at += character.length;
        repeatable = character !== '|';
      }
    }
    if (depth > 0) {
      throw invalid('missing closing )', this.#pattern);
    }
    return out;
  }

  #group(rest: string): string {
    const named = /^\(\?P?<([A-Za-z_][A-Za-z0-9_]*)>/.exec(rest);
    if (named) {
      this.#at += named[0].length;
      return `(?<${named[1]}>`;
    }
    if (rest.startsWith('(?:')) {
      this.#at += 3;
      return '(?:';
    }
    if (rest.startsWith('(?')) {
      const flags = /^\(\?[imsU-]+[:)]/.exec(rest);
      if (flags) {
        throw new Re2SyntaxError(
          `flags inside of a regular expression are not supported by the embedded Prometheus: \`${flags[0]}\` (only (?i) and (?s) at its start)`,
        );
      }
      throw invalid(
        'invalid or unsupported Perl syntax',
        rest.startsWith('(?<') ? '(?<' : rest.slice(0, 3),
      );
    }
    this.#at += 1;
    return '(';
  }

  #escape(insideClass: boolean): string {
    const rest = this.#pattern.slice(this.#at);
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest);
    if (quoted && !insideClass) {
      this.#at += quoted[0].length;
      return [...quoted[1]].map(one => literal(one, false)).join('');
    }
    const hex = /^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/.exec(rest);
    if (hex) {
      this.#at += hex[0].length;
      return `\\u{${hex[1] ?? hex[2]}}`;
    }
    const property = /^\\([pP])(?:([A-Z])|\{(\^?)([A-Za-z_]+)\})/.exec(rest);
    if (property) {
      this.#at += property[0].length;
      const name = property[2] ?? property[4];
      const negated = (property[1] === 'P') !== (property[3] === '^');
      return `\\${negated ? 'P' : 'p'}{${
        name.length > 2 ? 'Script=' : ''
      }${name}}`;
    }
    const escaped = rest.slice(1, 2);
    if (escaped === '') {
      throw invalid('trailing backslash at end of expression', '');
    }
    this.#at += 2;
    if ('dDwWfnrtv'.includes(escaped)) {
      return `\\${escaped}`;
    }
    if (escaped === 's') {
      return insideClass ? SPACES : `[${SPACES}]`;
    }
    if (escaped === 'a') {
      return '\\x07';
    }
    if (!insideClass) {
      switch (escaped) {
        case 'S':
          return `[^${SPACES}]`;
        case 'b':
        case 'B':
          return `\\${escaped}`;
        case 'A':
          return '^';
        case 'z':
          return '$';
        default:
      }
    }
    if (/[^A-Za-z0-9]/.test(escaped)) {
      return literal(escaped, insideClass);
    }
    throw invalid('invalid escape sequence', `\\${escaped}`);
  }

  #characterClass(): string {
    const start = this.#at;
    this.#at += 1;
    let out = '[';
    if (this.#pattern[this.#at] === '^') {
      out += '^';
      this.#at += 1;
    }
    for (let first = true; ; first = false) {
      const rest = this.#pattern.slice(this.#at);
      if (rest === '') {
        throw invalid('missing closing ]', this.#pattern.slice(start));
      }
      if (rest.startsWith(']') && !first) {
        this.#at += 1;
        return `${out}]`;
      }
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest);
      if (posix) {
        const set = POSIX_CLASSES[posix[2]];
        if (set === undefined || posix[1] === '^') {
          throw invalid('invalid character class range', posix[0]);
        }
        out += set;
        this.#at += posix[0].length;
      } else if (rest.startsWith('\\')) {
        out += this.#escape(true);
      } else {
        const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
        const isRange = character === '-' && !first && !rest.startsWith('-]');
        out += isRange ? '-' : literal(character, true);
        this.#at += character.length;
      }
    }
  }
}

/**
 * A regular expression of RE2, matched against the whole text as Prometheus
 * does. What JavaScript would read in another way is translated or refused.
 *
 * @throws Re2SyntaxError
 */
export function compileRe2(pattern: string): RegExp {
  const translator = new Re2Translator(pattern);
  const translated = translator.translate();
  try {
    return new RegExp(
      `^(?:${translated})$`,
      translator.ignoreCase ? 'sui' : 'su',
    );
  } catch (error) {
    throw new Re2SyntaxError(
      `error parsing regexp: \`${pattern}\`: ${messageOf(error)}`,
    );
  }
}
