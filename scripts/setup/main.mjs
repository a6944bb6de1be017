import { SetupError } from './SetupError.mjs';

const EXIT_CODE_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a script: its exit code is what `work` returns, a SetupError becomes one
 * paragraph on the error stream. A signal ends the script and, through their
 * own exit handlers, the programs that it runs, until `work` takes signals over.
 */
export async function main(work) {
  const exitOn = signal => process.exit(EXIT_CODE_OF_SIGNAL[signal]);
  for (const signal of Object.keys(EXIT_CODE_OF_SIGNAL)) {
    process.on(signal, exitOn);
  }
  const takeSignals = handler => {
    for (const signal of Object.keys(EXIT_CODE_OF_SIGNAL)) {
      process.off(signal, exitOn);
      process.on(signal, handler);
    }
  };
  try {
    process.exitCode = (await work({ takeSignals })) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
