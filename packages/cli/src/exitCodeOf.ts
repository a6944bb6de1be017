import {
  PlanProblem,
  PlanRefusedError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { EXIT_CODES, ExitCode } from './exitCodes';

/** By the errors' names, which are part of the library's promise; docs/errors.md explains them. */
const BY_NAME: Record<string, ExitCode> = {
  InputError: EXIT_CODES.badInput,
  ManifestError: EXIT_CODES.badInput,
  PrometheusAddressError: EXIT_CODES.badInput,
  AdmissionDeniedError: EXIT_CODES.refused,
  ApiNotInstalledError: EXIT_CODES.refused,
  ImmutableFieldError: EXIT_CODES.refused,
  FieldConflictError: EXIT_CODES.conflict,
  WaitFailedError: EXIT_CODES.waitFailed,
  WaitTimeoutError: EXIT_CODES.timeout,
  ClusterForbiddenError: EXIT_CODES.forbidden,
  UserTokenRejectedError: EXIT_CODES.forbidden,
  ClusterUnreachableError: EXIT_CODES.unreachable,
  ScalingChainBrokenError: EXIT_CODES.chainBroken,
};

/** Say that something was changed before; what stopped them says more. */
const HALFWAY = ['ApplyFailedError', 'DeleteFailedError'];

/** Of a plan with problems: a conflict where fields of other owners are all that is in the way. */
export function exitCodeOfProblems(problems: PlanProblem[]): ExitCode {
  return problems.every(({ conflicts }) => conflicts !== undefined)
    ? EXIT_CODES.conflict
    : EXIT_CODES.refused;
}

/**
 * The class of an error. One that stopped an apply or a delete half-way has the
 * class of its cause where that has one of its own.
 */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof Error)) {
    return EXIT_CODES.unexpected;
  }
  if (HALFWAY.includes(error.name)) {
    const ofCause = exitCodeOf(error.cause);
    return ofCause === EXIT_CODES.unexpected
      ? EXIT_CODES.stoppedHalfway
      : ofCause;
  }
  if (error instanceof PlanRefusedError) {
    return exitCodeOfProblems(error.problems);
  }
  return BY_NAME[error.name] ?? EXIT_CODES.unexpected;
}
