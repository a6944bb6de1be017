import type { Span } from './expression';
import { placeOf } from './PromqlError';

const MOST = 10;

function limited(texts: ReadonlySet<string>, kind: string): string[] {
  const all = [...texts];
  const more = all.length - MOST;
  return more > 0
    ? [...all.slice(0, MOST), `${more} more ${kind} annotations omitted`]
    : all;
}

/** What Prometheus says beside an answer, each thing once. */
export class QueryAnnotations {
  readonly #query: string;
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();

  constructor(query: string) {
    this.#query = query;
  }

  warn(text: string, { from }: Span): void {
    this.#warnings.add(
      `PromQL warning: ${text} (${placeOf(this.#query, from)})`,
    );
  }

  inform(text: string, { from }: Span): void {
    this.#infos.add(`PromQL info: ${text} (${placeOf(this.#query, from)})`);
  }

  warnings(): string[] {
    return limited(this.#warnings, 'warning');
  }

  infos(): string[] {
    return limited(this.#infos, 'info');
  }
}
