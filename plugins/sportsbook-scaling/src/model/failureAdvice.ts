import { ResponseError } from '@backstage/errors';

/** Why no snapshot came, and what to do about it. */
export interface FailureAdvice {
  reason: string;
  nextStep: string;
}

/** Reads the error of a failed question the way somebody without a console needs it. */
export function failureAdvice(error: Error): FailureAdvice {
  if (!ResponseError.is(error)) {
    return {
      reason: withFullStop(error.message),
      nextStep:
        error.name === 'TypeError'
          ? 'Backstage could not be reached. Check your connection, then try again.'
          : 'Try again. If it stays like this, show this message to your platform team.',
    };
  }
  return {
    reason: withFullStop(error.cause.message),
    nextStep: nextStepForStatus(error),
  };
}

function nextStepForStatus(error: ResponseError): string {
  switch (error.statusCode) {
    case 401:
      return 'Your session has ended. Sign in again.';
    case 403:
      return 'Ask your platform team for the permission sportsbook.scaling.read on this entity.';
    case 404:
      return error.cause.name === 'NotFoundError'
        ? 'Check that the entity is in the catalog and that its annotations name the cluster, namespace and ScaledObject.'
        : 'The scaling backend does not seem to be installed. Add @sportsbook/plugin-sportsbook-scaling-backend to the backend.';
    case 503:
      return 'Backstage is starting or shutting down. Wait a moment, then try again.';
    default:
      return 'Try again. If it stays like this, show this message to your platform team.';
  }
}

function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
