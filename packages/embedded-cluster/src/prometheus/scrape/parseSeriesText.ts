import { labelsOf, METRIC_NAME, type Labels } from '../storage/labels';

const BARE_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL =
  /\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([a-zA-Z_][a-zA-Z0-9_.]*))\s*(?:=\s*"((?:[^"\\]|\\[\s\S])*)")?\s*(,|$)/y;
const ESCAPE = /\\(n|"|\\)/g;

/** A line of metrics that does not follow the format. */
export class ExpositionError extends Error {
  readonly name = 'ExpositionError' as const;
}

/** What follows a backslash that escapes nothing is kept as it stands. */
function unescape(text: string): string {
  return text.includes('\\')
    ? text.replace(ESCAPE, (_, escaped) => (escaped === 'n' ? '\n' : escaped))
    : text;
}

/**
 * The labels of a series as it stands in a line of metrics, such as
 * `hits_total{path="/"}` or `{"hits.total", path="/"}`.
 *
 * @throws ExpositionError
 */
export function parseSeriesText(text: string): Labels {
  const refuse = (why: string) =>
    new ExpositionError(`${why} while parsing: ${JSON.stringify(text)}`);
  const name = BARE_METRIC.exec(text)?.[0] ?? '';
  const rest = text.slice(name.length).trim();
  const labels = new Map<string, string>();
  if (name !== '') {
    labels.set(METRIC_NAME, name);
  }
  if (rest === '') {
    if (name === '') {
      throw refuse('expected a metric name');
    }
    return labelsOf(labels);
  }
  if (!rest.startsWith('{') || !rest.endsWith('}')) {
    throw refuse('expected labels in braces');
  }
  const inner = rest.slice(1, -1).trim();
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inner.length) {
    const match = LABEL.exec(inner);
    if (!match) {
      throw refuse('expected label="value"');
    }
    const [, quoted, bare, value] = match;
    const label = quoted === undefined ? bare : unescape(quoted);
    if (value === undefined) {
      if (quoted === undefined || labels.has(METRIC_NAME)) {
        throw refuse(`label "${label}" has no value`);
      }
      labels.set(METRIC_NAME, label);
    } else if (labels.has(label)) {
      throw refuse(`label name "${label}" is not unique: invalid sample`);
    } else {
      labels.set(label, unescape(value));
    }
  }
  if (!labels.has(METRIC_NAME)) {
    throw refuse('metric name not set');
  }
  return labelsOf(labels);
}
