import { milliseconds } from '../config/durationText';
import {
  queryInstant,
  queryRange,
  type QueryAnswer,
  type QueryEnvironment,
} from '../promql/runQuery';
import { answerBody, ApiError } from './answerBody';
import type { ApiContext, ApiHandler } from './ApiHandler';
import {
  durationParameter,
  limitParameter,
  parseDurationText,
  timeParameter,
} from './parameters';

const MAX_POINTS = 11_000;
const MAX_TIMEOUT_MILLISECONDS = 2 * 60 * 1000;

function environmentOf({ server }: ApiContext): QueryEnvironment {
  return {
    store: server.store,
    evaluationIntervalMilliseconds: milliseconds(
      server.config.global.evaluation_interval,
    ),
  };
}

/** Options that would change the answer and that the embedded Prometheus does not have. */
function refuseUnknown(parameters: URLSearchParams): void {
  const text = parameters.get('lookback_delta') ?? '';
  if (text !== '' && parseDurationText(text) === undefined) {
    throw new ApiError(
      400,
      'bad_data',
      `error parsing lookback delta duration: cannot parse ${JSON.stringify(
        text,
      )} to a valid duration`,
    );
  }
  if (text !== '') {
    throw new ApiError(
      422,
      'execution',
      'the embedded Prometheus does not have lookback_delta: it looks back five minutes',
    );
  }
}

function timeoutOf(parameters: URLSearchParams): number {
  return (parameters.get('timeout') ?? '') === ''
    ? MAX_TIMEOUT_MILLISECONDS
    : Math.min(
        durationParameter(parameters, 'timeout'),
        MAX_TIMEOUT_MILLISECONDS,
      );
}

function withLimit(answer: QueryAnswer, limit: number): QueryAnswer {
  const { result, warnings } = answer;
  const truncated = [...warnings, 'results truncated due to limit'];
  if (result.type === 'vector' && result.samples.length > limit) {
    const samples = result.samples.slice(0, limit);
    return { ...answer, result: { ...result, samples }, warnings: truncated };
  }
  if (result.type === 'matrix' && result.series.length > limit) {
    const series = result.series.slice(0, limit);
    return { ...answer, result: { ...result, series }, warnings: truncated };
  }
  return answer;
}

/** `/api/v1/query` */
export const queryHandler: ApiHandler = async (context, parameters, signal) => {
  const limit = limitParameter(parameters);
  const time = timeParameter(parameters, 'time', context.clock.now());
  const timeoutMilliseconds = timeoutOf(parameters);
  if (timeoutMilliseconds <= 0) {
    throw ApiError.parameter('query', 'context deadline exceeded');
  }
  refuseUnknown(parameters);
  const started = performance.now();
  const answer = await context.server.queries.run(
    () =>
      queryInstant(
        environmentOf(context),
        parameters.get('query') ?? '',
        time,
        // What was waited for a place is gone.
        timeoutMilliseconds - (performance.now() - started),
      ),
    AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  );
  return answerBody(withLimit(answer, limit));
};

/** `/api/v1/query_range` */
export const queryRangeHandler: ApiHandler = async (
  context,
  parameters,
  signal,
) => {
  const limit = limitParameter(parameters);
  const start = timeParameter(parameters, 'start');
  const end = timeParameter(parameters, 'end');
  if (end < start) {
    throw ApiError.parameter(
      'end',
      'end timestamp must not be before start time',
    );
  }
  const step = Math.round(durationParameter(parameters, 'step'));
  if (step <= 0) {
    throw ApiError.parameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((end - start) / step > MAX_POINTS) {
    throw new ApiError(
      400,
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  refuseUnknown(parameters);
  const timeout = AbortSignal.timeout(Math.max(0, timeoutOf(parameters)));
  const ended = AbortSignal.any([signal, timeout]);
  const answer = await context.server.queries.run(
    () =>
      queryRange(
        environmentOf(context),
        parameters.get('query') ?? '',
        { start, end, step },
        ended,
      ),
    ended,
  );
  return answerBody(withLimit(answer, limit));
};
