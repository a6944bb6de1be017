import { StatusError } from '../../model/StatusError';

/** A patch that can be read but does not fit the object; the server does not say why. */
export function rejected(): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}
