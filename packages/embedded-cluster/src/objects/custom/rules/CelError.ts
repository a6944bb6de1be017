import type { TypeError as CelTypeError } from '@marcbachmann/cel-js';

/** What the errors of the library's parser and check have in common. */
export type CelError = Pick<
  CelTypeError,
  'code' | 'summary' | 'range' | 'node'
> & { name: string };

export function isCelError(error: unknown): error is CelError {
  return error instanceof Error && 'code' in error && 'summary' in error;
}
