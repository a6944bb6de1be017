import { CommanderError } from 'commander';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { cancelOnSignals, CancelledBySignal } from './CancelledBySignal';
import { EXIT_CODES } from './exitCodes';
import { buildProgram } from './program/buildProgram';
import { VERSION } from './version';

enableCompileCache?.();

async function main(): Promise<void> {
  const program = buildProgram({
    version: VERSION,
    run: async invocation => {
      const signal = cancelOnSignals(process, code => process.exit(code));
      const { runInvocation } = await import('./runInvocation');
      process.exitCode = await runInvocation(invocation, {
        env: process.env,
        stdin: process.stdin,
        stdout: process.stdout,
        stderr: process.stderr,
        signal,
        exitCodeOfSignal: () =>
          signal.reason instanceof CancelledBySignal
            ? signal.reason.exitCode
            : EXIT_CODES.unexpected,
      });
      flushCompileCache?.();
    },
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    // Commander has said what is wrong.
    process.exitCode =
      error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.badInput;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `error: ${
      error instanceof Error ? error.stack ?? error.message : String(error)
    }\n`,
  );
  process.exitCode = EXIT_CODES.unexpected;
});
