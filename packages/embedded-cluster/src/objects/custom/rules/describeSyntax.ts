import type { CelError } from './CelError';
import type { Mistake } from './formatMistake';

const OPERAND =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
/** What the server expects where the library expects a token. */
const EXPECTED: Readonly<Record<string, string>> = {
  COLON: "':'",
  RBRACKET: "{']', ','}",
  RBRACE: "{'}', ','}",
};

/** An expression that cannot be read: the server's grammar words it in one of a few ways. */
export function describeSyntax(
  { code, summary, range }: CelError,
  text: string,
): Mistake {
  const position = Math.min(range?.start ?? text.length, text.length);
  const isEnd = position >= text.trimEnd().length;
  const found = isEnd
    ? '<EOF>'
    : text.slice(position, Math.max(range?.end ?? 0, position + 1));
  const at = isEnd ? text.length : position;
  const syntax = (message: string) => ({
    position: at,
    message: `Syntax error: ${message}`,
  });
  switch (code) {
    case 'unexpected_token':
      return syntax(
        isEnd
          ? `mismatched input '<EOF>' expecting ${OPERAND}`
          : `extraneous input '${found}' expecting ${OPERAND}`,
      );
    case 'expected_token': {
      const wanted = /^Expected (\w+)/.exec(summary)?.[1] ?? '';
      if (wanted === 'RPAREN') {
        return syntax(`missing ')' at '${found}'`);
      }
      return wanted in EXPECTED
        ? syntax(`mismatched input '${found}' expecting ${EXPECTED[wanted]}`)
        : syntax(`no viable alternative at input '.${found}'`);
    }
    case 'unexpected_character':
      return /^Unexpected character: '/.test(summary)
        ? syntax(`mismatched input '${found}' expecting <EOF>`)
        : syntax(`token recognition error at: '${found}'`);
    case 'reserved_identifier':
      return { position, message: `reserved identifier: ${found}` };
    case 'invalid_macro_argument':
      return { position, message: 'argument must be a simple name' };
    default:
      return syntax(`token recognition error at: '${text.slice(position)}'`);
  }
}
