import { LoggerService } from '@backstage/backend-plugin-api';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { createMockActionContext } from './createMockActionContext';
import { mockLogger } from './mockLogger';

/** What a run of an action left behind. */
export interface ActionRun {
  outputs: Record<string, unknown>;
  /** `info: …`, `warn: …`, in order. */
  lines: string[];
  /** Keys and values of checkpoints, as JSON. */
  checkpoints: string[];
}

function recordingLogger(lines: string[]): LoggerService {
  const record = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`);
  };
  const logger: LoggerService = {
    ...mockLogger(),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    child: () => logger,
  };
  return logger;
}

export function emptyRun(): ActionRun {
  return { outputs: {}, lines: [], checkpoints: [] };
}

/** Runs an action as the scaffolder does: with its input unparsed, as JSON. */
export async function runAction<
  Input extends JsonObject,
  Output extends JsonObject,
>(
  action: TemplateAction<Input, Output, 'v2'>,
  options: {
    input: JsonObject;
    workspacePath: string;
    isDryRun?: boolean;
    signal?: AbortSignal;
    secrets?: Record<string, string>;
    /** Filled while it runs, for an action that fails. */
    into?: ActionRun;
  },
): Promise<ActionRun> {
  const { input, workspacePath, isDryRun, signal, secrets } = options;
  const run: ActionRun = options.into ?? emptyRun();
  const context = createMockActionContext<Input, Output>({
    // What a template gives is only checked by the action's own schema.
    input: JSON.parse(JSON.stringify(input)) as Input,
    workspacePath,
    ...(secrets === undefined ? {} : { secrets }),
  });
  await action.handler({
    ...context,
    logger: recordingLogger(run.lines),
    output: (name, value) => {
      run.outputs[String(name)] = value;
    },
    checkpoint: async ({ key, fn }) => {
      const value = await fn();
      run.checkpoints.push(JSON.stringify({ key, value }));
      return value;
    },
    isDryRun,
    signal,
  });
  return run;
}
