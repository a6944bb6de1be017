/** A mistake in an expression. */
export interface Mistake {
  /** Counted from 0. */
  position: number;
  message: string;
}

/** As the server shows it: with the line, and an arrow below it. */
export function formatMistake(
  text: string,
  { position, message }: Mistake,
): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end === -1 ? undefined : end);
  const row = text.slice(0, start).split('\n').length;
  const column = position - start;
  return `ERROR: <input>:${row}:${
    column + 1
  }: ${message}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
