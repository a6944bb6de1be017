import { StatusError } from '../../model/StatusError';

import { printGoValue } from '../printGo';
import { type JsonRecord } from '../../model/jsonRecord';

/** A directive whose value is not of its form. */
export function malformed(
  what: 'retainKeys' | 'primitive' | 'setElementOrder',
): StatusError {
  return StatusError.badRequest(
    what === 'retainKeys'
      ? 'invalid patch format of retainKeys'
      : `invalid patch format of ${what} list`,
  );
}

export function unknownDirective(
  directive: unknown,
  patch: JsonRecord,
): StatusError {
  return refused(
    `unknown patch type: ${printGoValue(directive)} in map: ${printGoValue(
      patch,
    )}`,
  );
}

/** What does not fit the object; the server answers it without a reason. */
export function refused(message: string): StatusError {
  return new StatusError({ code: 500, message });
}
