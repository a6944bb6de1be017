import { EXIT_CODES, ExitCode } from './exitCodes';

/** Signals that end a run in order. */
export type EndingSignal = 'SIGINT' | 'SIGTERM';

/** Somebody, or the pipeline, wants the run to end. */
export class CancelledBySignal extends Error {
  readonly exitCode: ExitCode;

  constructor(name: EndingSignal) {
    super(`Cancelled by ${name}.`);
    this.name = 'CancelledBySignal';
    this.exitCode =
      name === 'SIGINT' ? EXIT_CODES.interrupted : EXIT_CODES.terminated;
  }
}

/**
 * A signal that is aborted when the process is asked to end, so that what was
 * done is still reported. Whoever asks a second time does not want to wait.
 *
 * @param exit - ends the process at once
 */
export function cancelOnSignals(
  process: Pick<NodeJS.Process, 'on'>,
  exit: (code: ExitCode) => void,
): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const reason = new CancelledBySignal(name);
      if (controller.signal.aborted) {
        exit(reason.exitCode);
      } else {
        controller.abort(reason);
      }
    });
  }
  return controller.signal;
}
