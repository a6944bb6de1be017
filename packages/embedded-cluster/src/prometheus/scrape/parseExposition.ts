import { ExpositionError } from './parseSeriesText';

export type ExpositionFormat = 'text' | 'openmetrics';

/** One sample, its series not yet taken apart: most series are known from the scrape before. */
export interface ExposedSample {
  /** As in the line, such as `hits_total{path="/"}`. */
  series: string;
  value: number;
  /** Only where the target names one. */
  timeMilliseconds?: number;
}

/** What a target says about a family of metrics. */
export interface MetricMetadata {
  type: string;
  help: string;
  unit: string;
}

export interface Exposition {
  samples: ExposedSample[];
  metadata: Map<string, MetricMetadata>;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const COMMENT =
  /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+(?:"((?:[^"\\]|\\.)*)"|(\S+))[ \t]*(.*)$/;

function parseValue(text: string, line: string): number {
  switch (text.toLowerCase()) {
    case 'nan':
      return NaN;
    case '+inf':
    case 'inf':
      return Infinity;
    case '-inf':
      return -Infinity;
    default:
      if (NUMBER.test(text)) {
        return Number(text);
      }
      throw new ExpositionError(
        `expected a number, got ${JSON.stringify(
          text,
        )} while parsing: ${JSON.stringify(line)}`,
      );
  }
}

/** Where the series of a line ends: behind its braces, or at the first space. */
function endOfSeries(line: string): number {
  const brace = line.indexOf('{');
  const space = line.search(/[ \t]/);
  if (
    brace < 0 ||
    (space >= 0 && space < brace && !/^[ \t]*\{/.test(line.slice(space)))
  ) {
    return space;
  }
  let quoted = false;
  for (let index = brace + 1; index < line.length; index += 1) {
    const character = line[index];
    if (quoted && character === '\\') {
      index += 1;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === '}' && !quoted) {
      return index + 1;
    }
  }
  return -1;
}

function parseSample(line: string, format: ExpositionFormat): ExposedSample {
  const end = endOfSeries(line);
  if (end <= 0) {
    throw new ExpositionError(
      `expected a value after the metric while parsing: ${JSON.stringify(
        line,
      )}`,
    );
  }
  // OpenMetrics puts exemplars behind a hash sign.
  const [numbers] = line.slice(end).split(/\s#\s/, 1);
  const [value, time, ...more] = numbers.trim().split(/[ \t]+/);
  if (more.length > 0) {
    throw new ExpositionError(
      `expected the end of the line, got ${JSON.stringify(
        more[0],
      )} while parsing: ${JSON.stringify(line)}`,
    );
  }
  const unit = format === 'openmetrics' ? 1000 : 1;
  return {
    series: line.slice(0, end),
    value: parseValue(value, line),
    ...(time === undefined
      ? {}
      : { timeMilliseconds: Math.trunc(parseValue(time, line) * unit) }),
  };
}

function noteComment(line: string, metadata: Exposition['metadata']): void {
  const match = COMMENT.exec(line);
  if (match) {
    const [, kind, quoted, bare, text] = match;
    const name = quoted ?? bare;
    const known = metadata.get(name) ?? { type: 'unknown', help: '', unit: '' };
    metadata.set(name, {
      ...known,
      ...(kind === 'TYPE'
        ? { type: text === 'untyped' ? 'unknown' : text }
        : {}),
      ...(kind === 'HELP'
        ? { help: text.replace(/\\n/g, '\n').replace(/\\\\/g, '\\') }
        : {}),
      ...(kind === 'UNIT' ? { unit: text } : {}),
    });
  }
}

/**
 * Parses what a target exposes: Prometheus' text format, or OpenMetrics.
 *
 * @throws ExpositionError
 */
export function parseExposition(
  text: string,
  format: ExpositionFormat,
): Exposition {
  const exposition: Exposition = { samples: [], metadata: new Map() };
  let hasEnded = false;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || hasEnded) {
      continue;
    }
    if (format === 'openmetrics' && trimmed === '# EOF') {
      hasEnded = true;
    } else if (trimmed.startsWith('#')) {
      noteComment(trimmed, exposition.metadata);
    } else {
      exposition.samples.push(parseSample(trimmed, format));
    }
  }
  if (format === 'openmetrics' && !hasEnded) {
    throw new ExpositionError('data does not end with # EOF');
  }
  return exposition;
}
