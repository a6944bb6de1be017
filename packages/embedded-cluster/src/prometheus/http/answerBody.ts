import { formatSampleValue } from '../promql/formatNumber';
import {
  PromqlExecutionError,
  PromqlParseError,
  PromqlTimeoutError,
} from '../promql/PromqlError';
import {
  InvalidExpressionTypeError,
  type Point,
  type QueryAnswer,
  type QueryResult,
} from '../promql/runQuery';
import { messageOf } from '../../runtime/messageOf';

type ErrorType =
  | 'bad_data'
  | 'execution'
  | 'timeout'
  | 'internal'
  | 'not_found';

/** Every answer of Prometheus' HTTP API. */
export type ApiBody =
  | { status: 'success'; data: unknown; warnings?: string[]; infos?: string[] }
  | { status: 'error'; errorType: ErrorType; error: string };

/** A request that the API refuses. */
export class ApiError extends Error {
  readonly name = 'ApiError' as const;

  constructor(
    readonly code: number,
    readonly errorType: ErrorType,
    message: string,
  ) {
    super(message);
  }

  /** 400, of a parameter that does not make sense. */
  static parameter(name: string, why: string): ApiError {
    return new ApiError(400, 'bad_data', `invalid parameter "${name}": ${why}`);
  }
}

function pointOf([timeMilliseconds, value]: Point): [number, string] {
  return [timeMilliseconds / 1000, formatSampleValue(value)];
}

function resultData(result: QueryResult): unknown {
  switch (result.type) {
    case 'scalar':
      return { resultType: 'scalar', result: pointOf(result.point) };
    case 'string':
      return {
        resultType: 'string',
        result: [result.timeMilliseconds / 1000, result.value],
      };
    case 'vector':
      return {
        resultType: 'vector',
        result: result.samples.map(({ labels, value }) => ({
          metric: Object.fromEntries(labels),
          value: pointOf([result.timeMilliseconds, value]),
        })),
      };
    default:
      return {
        resultType: 'matrix',
        result: result.series.map(({ labels, points }) => ({
          metric: Object.fromEntries(labels),
          values: points.map(pointOf),
        })),
      };
  }
}

/** The body of a query's answer, as Prometheus writes it. */
export function answerBody({ result, warnings, infos }: QueryAnswer): ApiBody {
  return {
    status: 'success',
    data: resultData(result),
    ...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
    ...(infos.length > 0 ? { infos: [...infos] } : {}),
  };
}

/** Status code and body for whatever kept a request from being answered. */
export function errorAnswer(error: unknown): { code: number; body: ApiBody } {
  const bodyOf = (errorType: ErrorType, message: string): ApiBody => ({
    status: 'error',
    errorType,
    error: message,
  });
  if (error instanceof ApiError) {
    return {
      code: error.code,
      body: bodyOf(error.errorType, error.message),
    };
  }
  if (
    error instanceof PromqlParseError ||
    error instanceof InvalidExpressionTypeError
  ) {
    return errorAnswer(ApiError.parameter('query', error.message));
  }
  if (error instanceof PromqlExecutionError) {
    return { code: 422, body: bodyOf('execution', error.message) };
  }
  if (error instanceof PromqlTimeoutError) {
    return { code: 503, body: bodyOf('timeout', error.message) };
  }
  return {
    code: 500,
    body: bodyOf('internal', messageOf(error)),
  };
}
