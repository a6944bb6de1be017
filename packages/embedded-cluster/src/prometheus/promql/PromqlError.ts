/** A query that is not PromQL, or whose types do not fit: 400 `bad_data`. */
export class PromqlParseError extends Error {
  readonly name = 'PromqlParseError' as const;

  /** @param position - in the query, counted from 0 */
  constructor(
    message: string,
    readonly position: number | undefined,
    query: string,
  ) {
    super(`${placeOf(query, position)}: parse error: ${message}`);
  }
}

/** A query that is PromQL but cannot be answered: 422 `execution`. */
export class PromqlExecutionError extends Error {
  readonly name = 'PromqlExecutionError' as const;
}

/** A query that took too long: 503 `timeout`. */
export class PromqlTimeoutError extends Error {
  readonly name = 'PromqlTimeoutError' as const;
}

/** `line:character`, both counted from 1, as Prometheus names places. */
export function placeOf(query: string, position: number | undefined): string {
  if (position === undefined) {
    return 'unknown position';
  }
  const before = query.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `${before.split('\n').length}:${position - lineStart + 1}`;
}
