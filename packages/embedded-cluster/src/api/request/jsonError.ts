/** What V8 says of a text that is no JSON, and what Go's decoder says instead. */
const WORDS: readonly [RegExp, string][] = [
  [/non-whitespace character after JSON/, 'after top-level value'],
  [/Expected property name/, 'looking for beginning of object key string'],
  [
    /Expected double-quoted property/,
    'looking for beginning of object key string',
  ],
  [/Expected ':' after property name/, 'after object key'],
  [/after property value/, 'after object key:value pair'],
  [/after array element/, 'after array element'],
  [/Bad control character/, 'in string literal'],
  [/Bad escaped character/, 'in string escape code'],
];

/**
 * Why a text is no JSON, in the words of Go's decoder: clients show them to
 * people, who search for them.
 */
export function jsonError(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const at = position === undefined ? text.search(/\S/) : Number(position);
    if (message.includes('end of JSON input') || at < 0 || at >= text.length) {
      return 'unexpected end of JSON input';
    }
    const where =
      WORDS.find(([pattern]) => pattern.test(message))?.[1] ??
      'looking for beginning of value';
    return `invalid character '${text[at]}' ${where}`;
  }
}
