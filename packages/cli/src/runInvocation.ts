import { PlanRefusedError } from '@sportsbook/plugin-sportsbook-scaling-node';
import { CommandContext } from './commands/CommandContext';
import { CommandResult } from './commands/CommandResult';
import { FailedAfterChanges } from './commands/FailedAfterChanges';
import { runApply } from './commands/runApply';
import { runDelete } from './commands/runDelete';
import { runDiff } from './commands/runDiff';
import { runPlan } from './commands/runPlan';
import { runVerify } from './commands/runVerify';
import { runWait } from './commands/runWait';
import { Connection, connect } from './connect';
import { exitCodeOf } from './exitCodeOf';
import { ExitCode } from './exitCodes';
import { createProgress, ProgressStream } from './output/Progress';
import { renderReport } from './output/renderReport';
import { Report } from './output/Report';
import { reportOfError } from './output/reportOfError';
import { countsOf, JsonReport } from './output/reportJson';
import { Invocation } from './program/Invocation';

/** What a run is given by the process that it is in. */
export interface RunEnvironment {
  env: Record<string, string | undefined>;
  stdin: NodeJS.ReadableStream;
  /** Gets the result. */
  stdout: ProgressStream;
  /** Gets progress and errors. */
  stderr: ProgressStream;
  /** Ends the run in order. */
  signal: AbortSignal;
  /** What the signal's abortion means as an exit code. */
  exitCodeOfSignal(): ExitCode;
}

function run(
  invocation: Invocation,
  context: CommandContext,
): Promise<CommandResult> {
  switch (invocation.command) {
    case 'plan':
      return runPlan(invocation.options, context);
    case 'diff':
      return runDiff(invocation.options, context);
    case 'apply':
      return runApply(invocation.options, context);
    case 'wait':
      return runWait(invocation.objects, invocation.options, context);
    case 'verify':
      return runVerify(invocation.scaledObjects, invocation.options, context);
    default:
      return runDelete(invocation.objects, invocation.options, context);
  }
}

/** Whether colours help: a terminal, whose owner has not said otherwise (https://no-color.org). */
function showsColour(
  { isTTY }: ProgressStream,
  env: RunEnvironment['env'],
): boolean {
  return isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/**
 * Does what the command line asks for, and reports it whatever happens.
 *
 * @returns the exit code
 */
export async function runInvocation(
  invocation: Invocation,
  environment: RunEnvironment,
): Promise<ExitCode> {
  const { env, stdin, stdout, stderr, signal } = environment;
  const { command, options } = invocation;
  const progress = createProgress(stderr, { colour: showsColour(stderr, env) });
  let connection: Connection | undefined;

  const write = (
    { report, text }: { report: Report; text?: string },
    exitCode: ExitCode,
    error?: unknown,
  ) => {
    progress.end();
    if (options.output === 'json') {
      const json: JsonReport = {
        command,
        context: connection?.context,
        server: connection?.server,
        namespace: connection?.namespace,
        exitCode,
        ...(report.changes === undefined
          ? {}
          : { counts: countsOf(report.changes) }),
        ...report,
        ...(error instanceof Error
          ? { error: { name: error.name, message: error.message } }
          : {}),
      };
      stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
    } else {
      // The error of a refused plan lists the problems itself; nothing was done.
      const shown =
        error instanceof PlanRefusedError
          ? ''
          : text ?? renderReport(report, { colour: showsColour(stdout, env) });
      if (shown !== '') {
        stdout.write(`${shown}\n`);
      }
    }
    if (error !== undefined) {
      stderr.write(
        `error: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
    return exitCode;
  };

  try {
    connection = await connect(options, env);
    progress.step(
      `Cluster: context '${connection.context}', ${connection.server}; namespace '${connection.namespace}'`,
    );
    const result = await run(invocation, {
      client: connection.client,
      namespace: connection.namespace,
      isNamespaceChosen: options.namespace !== undefined,
      progress,
      stdin,
      signal,
    });
    return write(result, result.exitCode);
  } catch (failure) {
    const error =
      failure instanceof FailedAfterChanges ? failure.cause : failure;
    return write(
      {
        report: {
          ...(failure instanceof FailedAfterChanges ? failure.report : {}),
          ...reportOfError(error),
        },
      },
      signal.aborted ? environment.exitCodeOfSignal() : exitCodeOf(error),
      error,
    );
  } finally {
    connection?.close();
  }
}
