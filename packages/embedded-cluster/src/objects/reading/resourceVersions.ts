import { StatusError } from '../../model/StatusError';

/**
 * @returns undefined where none is given
 * @throws StatusError 400
 */
export function readResourceVersion(
  written: string | undefined,
): number | undefined {
  if (written === undefined || written === '') {
    return undefined;
  }
  if (!/^\d+$/.test(written)) {
    throw StatusError.badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        written,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        written,
      )}: invalid syntax`,
    );
  }
  return Number(written);
}

/** A version that has not come yet. */
export function tooLarge(version: number, current: number): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${version}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}
