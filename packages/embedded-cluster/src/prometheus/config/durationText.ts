import { z } from 'zod';
import { parseDuration } from './duration';

/** A duration such as `30s`, kept as it is written; `parseDuration` reads it. */
export const durationText = z
  .string()
  .refine(text => parseDuration(text) !== undefined, {
    message: 'not a valid duration string',
  });

/** @throws TypeError for text that `durationText` has not let through */
export function milliseconds(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) {
    throw new TypeError(`not a valid duration string: ${text}`);
  }
  return parsed;
}
