/**
 * How a run ended, for pipelines. Each number means one thing and keeps its
 * meaning; the README explains them.
 */
export const EXIT_CODES = {
  done: 0,
  unexpected: 1,
  badInput: 2,
  refused: 3,
  conflict: 4,
  waitFailed: 5,
  timeout: 6,
  forbidden: 7,
  unreachable: 8,
  chainBroken: 9,
  changesPending: 10,
  stoppedHalfway: 11,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
