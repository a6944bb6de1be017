import { StatusError } from '../../model/StatusError';

export type LabelPredicate = (
  labels: Readonly<Record<string, string>> | undefined,
) => boolean;

const everything: LabelPredicate = () => true;

const TOKEN = /\s*(?:(==|!=|=|!|,|\(|\)|<|>)|([^\s=!,()<>]+))/gy;

interface Token {
  text: string;
  symbol: boolean;
}

/**
 * The API's label selector: `app=a`, `app!=a`, `app in (a,b)`, `app notin (a)`,
 * `app`, `!app`, `size>3`, joined by commas.
 *
 * @throws StatusError 400 for a selector that cannot be read
 */
export function parseLabelSelector(selector: string): LabelPredicate {
  if (selector.trim() === '') {
    return everything;
  }
  const tokens = tokensOf(selector);
  const requirements: LabelPredicate[] = [];
  let position = 0;

  const take = (expected: string): string => {
    const token = tokens[position++];
    if (!token || token.symbol) {
      throw unreadable(
        selector,
        `found '${token?.text ?? ''}', expected: ${expected}`,
      );
    }
    return token.text;
  };
  const takeSymbol = (...symbols: string[]): string => {
    const token = tokens[position++];
    if (!token?.symbol || !symbols.includes(token.text)) {
      throw unreadable(
        selector,
        `found '${token?.text ?? ''}', expected: ${symbols
          .map(symbol => `'${symbol}'`)
          .join(' or ')}`,
      );
    }
    return token.text;
  };
  const peek = (): Token | undefined => tokens[position];
  const atEnd = (): boolean => {
    const next = peek();
    return next === undefined || (next.symbol && next.text === ',');
  };

  const values = (): string[] => {
    takeSymbol('(');
    const found: string[] = [];
    for (;;) {
      // `in (a,)` has an empty last value, as the API reads it.
      const next = peek();
      found.push(next && !next.symbol ? take('identifier') : '');
      if (takeSymbol(',', ')') === ')') {
        return found;
      }
    }
  };

  for (;;) {
    if (peek()?.symbol && peek()?.text === '!') {
      position++;
      const key = take('identifier');
      requirements.push(labels => !(key in (labels ?? {})));
    } else {
      const key = take("!, identifier, or 'end of string'");
      if (atEnd()) {
        requirements.push(labels => key in (labels ?? {}));
      } else {
        requirements.push(
          requirementOf(key, selector, {
            take,
            takeSymbol,
            peek,
            atEnd,
            values,
            skip: () => position++,
          }),
        );
      }
    }
    if (peek() === undefined) {
      return labels => requirements.every(matches => matches(labels));
    }
    takeSymbol(',');
  }
}

interface Reader {
  take(expected: string): string;
  takeSymbol(...symbols: string[]): string;
  peek(): Token | undefined;
  atEnd(): boolean;
  values(): string[];
  skip(): void;
}

function requirementOf(
  key: string,
  selector: string,
  reader: Reader,
): LabelPredicate {
  const operator = reader.peek()?.text ?? '';
  reader.skip();
  switch (operator) {
    case '=':
    case '==': {
      const value = reader.atEnd() ? '' : reader.take('identifier');
      return labels => labels?.[key] === value;
    }
    case '!=': {
      const value = reader.atEnd() ? '' : reader.take('identifier');
      return labels => labels?.[key] !== value;
    }
    case 'in': {
      const values = new Set(reader.values());
      return labels => {
        const value = labels?.[key];
        return value !== undefined && values.has(value);
      };
    }
    case 'notin': {
      const values = new Set(reader.values());
      return labels => {
        const value = labels?.[key];
        return value === undefined || !values.has(value);
      };
    }
    case '>':
    case '<': {
      const bound = Number(reader.take('identifier'));
      return labels => {
        const value = labels?.[key];
        return (
          value !== undefined &&
          /^-?\d+$/.test(value) &&
          (operator === '>' ? Number(value) > bound : Number(value) < bound)
        );
      };
    }
    default:
      throw unreadable(
        selector,
        `found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
      );
  }
}

function tokensOf(selector: string): Token[] {
  const tokens: Token[] = [];
  for (const [, symbol, word] of selector.trim().matchAll(TOKEN)) {
    tokens.push(
      symbol === undefined
        ? { text: word, symbol: false }
        : { text: symbol, symbol: true },
    );
  }
  return tokens;
}

function unreadable(selector: string, why: string): StatusError {
  return StatusError.badRequest(
    `unable to parse requirement: ${why} (in the label selector "${selector}")`,
  );
}
