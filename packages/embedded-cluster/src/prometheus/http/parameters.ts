import { parseDuration } from '../config/duration';
import { ApiError } from './answerBody';

const RFC_3339 =
  /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
const SECONDS = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Seconds since 1970 or RFC 3339, in milliseconds; undefined for anything else. */
function parseTime(text: string): number | undefined {
  if (SECONDS.test(text)) {
    const time = Math.round(Number(text) * 1000);
    // Beyond, adding a step would not change a time any more.
    return Number.isSafeInteger(time) ? time : undefined;
  }
  const milliseconds = RFC_3339.test(text) ? Date.parse(text) : NaN;
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** @throws ApiError */
export function timeParameter(
  parameters: URLSearchParams,
  name: string,
  defaultMilliseconds?: number,
): number {
  const text = parameters.get(name) ?? '';
  const time =
    text === '' && defaultMilliseconds !== undefined
      ? defaultMilliseconds
      : parseTime(text);
  if (time === undefined) {
    const why = `cannot parse ${JSON.stringify(text)} to a valid timestamp`;
    throw ApiError.parameter(
      name,
      defaultMilliseconds === undefined
        ? why
        : `invalid time value for '${name}': ${why}`,
    );
  }
  return time;
}

/** Milliseconds that a number of 64 bits holds as nanoseconds. */
const LONGEST_MILLISECONDS = 2 ** 63 / 1e6;

/** Seconds or a duration in milliseconds, as long as they may be; undefined for anything else. */
export function parseDurationText(text: string): number | undefined {
  const milliseconds = SECONDS.test(text)
    ? Number(text) * 1000
    : parseDuration(text);
  return milliseconds !== undefined &&
    Math.abs(milliseconds) < LONGEST_MILLISECONDS
    ? milliseconds
    : undefined;
}

/**
 * Seconds or a duration, in milliseconds.
 *
 * @throws ApiError
 */
export function durationParameter(
  parameters: URLSearchParams,
  name: string,
): number {
  const text = parameters.get(name) ?? '';
  const milliseconds = parseDurationText(text);
  if (milliseconds === undefined) {
    const isLong = SECONDS.test(text);
    throw ApiError.parameter(
      name,
      `cannot parse ${JSON.stringify(text)} to a valid duration${
        isLong ? '. It overflows int64' : ''
      }`,
    );
  }
  return milliseconds;
}

/**
 * The most elements that an answer may have; Infinity for no limit.
 *
 * @throws ApiError
 */
export function limitParameter(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? '';
  if (text === '') {
    return Infinity;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw ApiError.parameter(
      'limit',
      `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  if (Number(text) < 0) {
    throw ApiError.parameter('limit', 'limit must be non-negative');
  }
  return Number(text) === 0 ? Infinity : Number(text);
}
