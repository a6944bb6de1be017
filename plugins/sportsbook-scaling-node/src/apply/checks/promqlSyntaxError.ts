import { parser } from '@prometheus-io/lezer-promql';

/** Where a PromQL expression stops making sense. */
export interface PromqlSyntaxError {
  /** Counted from 1. */
  character: number;
  /** The rest of the query from there; empty at its end. */
  rest: string;
}

/**
 * The first syntax error of a PromQL expression; undefined for a correct one.
 *
 * @remarks
 * Syntax only: whether types fit, and whether series exist, only a Prometheus
 * server can tell.
 */
export function promqlSyntaxError(
  query: string,
): PromqlSyntaxError | undefined {
  if (query.trim() === '') {
    return { character: 1, rest: '' };
  }
  let position: number | undefined;
  parser.parse(query).iterate({
    enter: node => {
      if (node.type.isError && position === undefined) {
        position = node.from;
      }
    },
  });
  return position === undefined
    ? undefined
    : { character: position + 1, rest: query.slice(position) };
}
