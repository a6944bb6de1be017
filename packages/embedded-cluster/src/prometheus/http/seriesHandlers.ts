import { parsePromql } from '../promql/parsePromql';
import { PromqlParseError } from '../promql/PromqlError';
import { isLabelName, labelsKey } from '../storage/labels';
import type { LabelMatcher } from '../storage/LabelMatcher';
import type { StoredSeries } from '../storage/StoredSeries';
import { ApiError } from './answerBody';
import { limited, type ApiContext, type ApiHandler } from './ApiHandler';
import { limitParameter, timeParameter } from './parameters';

function matchersOf(text: string): readonly LabelMatcher[] {
  try {
    const expression = parsePromql(text);
    if (expression.kind === 'vectorSelector') {
      return expression.matchers;
    }
  } catch (error) {
    if (error instanceof PromqlParseError) {
      throw ApiError.parameter('match[]', error.message);
    }
    throw error;
  }
  throw ApiError.parameter(
    'match[]',
    `1:1: parse error: ${JSON.stringify(text)} is no series selector`,
  );
}

/** Series that any of the request's selectors matches; all of them without a selector. */
function selected(
  { server }: ApiContext,
  parameters: URLSearchParams,
): StoredSeries[] {
  const from = parameters.has('start')
    ? timeParameter(parameters, 'start')
    : -Infinity;
  const to = parameters.has('end')
    ? timeParameter(parameters, 'end')
    : Infinity;
  if (to < from) {
    throw ApiError.parameter(
      'end',
      'end timestamp must not be before start timestamp',
    );
  }
  const selectors = parameters.getAll('match[]').map(matchersOf);
  const all = selectors.length === 0 ? [[]] : selectors;
  const found = new Map<string, StoredSeries>();
  for (const matchers of all) {
    for (const series of server.store.select(matchers, from, to)) {
      found.set(labelsKey(series.labels), series);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

/** `/api/v1/series` */
export const seriesHandler: ApiHandler = (context, parameters) => {
  if (!parameters.has('match[]')) {
    throw new ApiError(400, 'bad_data', 'no match[] parameter provided');
  }
  return limited(
    selected(context, parameters).map(({ labels }) =>
      Object.fromEntries(labels),
    ),
    limitParameter(parameters),
  );
};

/** `/api/v1/labels` */
export const labelsHandler: ApiHandler = (context, parameters) =>
  limited(
    sorted(
      selected(context, parameters).flatMap(({ labels }) => [...labels.keys()]),
    ),
    limitParameter(parameters),
  );

/** `/api/v1/label/<name>/values` */
export function labelValuesHandler(name: string): ApiHandler {
  return (context, parameters) => {
    if (!isLabelName(name)) {
      throw new ApiError(
        400,
        'bad_data',
        `invalid label name: ${JSON.stringify(name)}`,
      );
    }
    return limited(
      sorted(
        selected(context, parameters).flatMap(
          ({ labels }) => labels.get(name) ?? [],
        ),
      ),
      limitParameter(parameters),
    );
  };
}
