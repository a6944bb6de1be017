import { messageOf } from '../../../runtime/messageOf';

/** Why a rule could not be evaluated, in the server's words where the library has others. */
export function describeFailure(error: unknown): string {
  // What follows the first line shows the place in the expression.
  const [text] = messageOf(error).split('\n', 1);
  const code = error instanceof Error && 'code' in error ? error.code : '';
  switch (code) {
    case 'no_such_key':
      return text.replace('No such key', 'no such key');
    case 'index_out_of_bounds':
      return `index out of bounds: ${/index (-?\d+)/.exec(text)?.[1] ?? ''}`;
    case 'index_out_of_range':
      return 'index out of range';
    case 'modulo_by_zero':
      return 'modulus by zero';
    case 'numeric_overflow':
      return /unsigned/i.test(text)
        ? 'unsigned integer overflow'
        : 'integer overflow';
    case 'int_conversion_error':
      return "type conversion error from 'string' to 'int'";
    case 'uint_conversion_error':
      return 'unsigned integer overflow';
    case 'double_conversion_error':
      return "type conversion error from 'string' to 'double'";
    default:
      return text;
  }
}
