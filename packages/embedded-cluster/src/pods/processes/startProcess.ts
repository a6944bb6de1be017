import { mkdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { ContainerCommand } from '../containers/containerCommand';
import type { ContainerFiles } from '../containers/ContainerFiles';
import type { LogStream } from '../logs/ContainerLog';
import { heldEnvironment } from './heldEnvironment';
import { onLines } from './onLines';
import { PRELOAD_FOLDER } from './preloadPath';
import { processPermissions } from './processPermissions';

/** What is told there is a fraction of that long. */
const MAX_LINE_CHARACTERS = 65_536;

const portNumber = z.number().int().min(1).max(65_535);
const message = z.union([
  z.object({ listening: z.object({ port: portNumber, real: portNumber }) }),
  z.object({ closed: z.object({ port: portNumber }) }),
]);

export interface ProcessToStart {
  command: ContainerCommand;
  environment: Readonly<Record<string, string>>;
  files: ContainerFiles;
  /** Whether it may write where no mount is. */
  rootWritable: boolean;
  /** For the process's own: home, temporary files, what is loaded first. Emptied with the container. */
  folder: string;
  pod: { name: string; namespace: string; ip: string };
  routesFile: string;
  onOutput(stream: LogStream, chunk: Buffer): void;
  onListening(pid: number, port: number, realPort: number): void;
  onClosed(port: number): void;
  /** What it did wrong, for whoever runs the cluster. */
  log(text: string): void;
}

export interface ProcessExit {
  /** 128 and the signal's number where a signal ended it. */
  exitCode: number;
}

export interface StartedProcess {
  pid: number;
  exited: Promise<ProcessExit>;
  /** To the process and whatever it has started. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/**
 * Starts a container's process: `node` with nothing but its own environment,
 * held to its files, in a process group of its own.
 *
 * There is no other root folder without being root, so that the program sees
 * absolute paths of its image only where it asks `fs` for them.
 */
export async function startProcess(
  options: ProcessToStart,
): Promise<StartedProcess> {
  const { execa } = await import('execa');
  const { command, folder } = options;
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  const preload = join(folder, 'preload.cjs');
  const { real: environment, shown } = heldEnvironment({
    environment: options.environment,
    files: options.files,
    workingDirectory: command.containerDirectory,
    realOption: command.realOption,
    preload,
  });
  writePreload(preload, options, shown);

  const child = execa(
    process.execPath,
    [
      ...processPermissions(options, preload),
      '--require',
      preload,
      ...command.args,
    ],
    {
      cwd: command.workingDirectory,
      env: { HOME: home, TMPDIR: temporary, ...environment },
      extendEnv: false,
      detached: true,
      cleanup: false,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      buffer: false,
      reject: false,
    },
  );
  const { nodeChildProcess } = child;
  child.stdout?.on('data', (chunk: Buffer) =>
    options.onOutput('stdout', chunk),
  );
  child.stderr?.on('data', (chunk: Buffer) =>
    options.onOutput('stderr', chunk),
  );
  const { pid } = nodeChildProcess;
  if (pid === undefined) {
    const { message: why = 'no reason given' } = await child;
    throw new Error(`node could not be started: ${why}`);
  }
  listen(pid, child.stdio[3], options);
  return {
    pid,
    exited: child.then(({ exitCode, signal }) => ({
      exitCode: exitCode ?? 128 + signalNumber(signal),
    })),
    kill: signal => {
      try {
        process.kill(-pid, signal);
      } catch {
        // It has ended, which is what was wanted.
      }
    },
  };
}

/** The process's own first module: ours, told which pod it is in. Worker threads load it as well. */
function writePreload(
  path: string,
  { folder, files, pod, routesFile }: ProcessToStart,
  environment: Readonly<Record<string, string>>,
): void {
  const told = {
    ...pod,
    routesFile,
    parent: process.pid,
    environment,
    root: files.root,
    mounts: files.mounts.map(mount => ({
      path: mount.path,
      real: mount.real,
      // Volumes are devices of their own, as elsewhere.
      device: mount.real.startsWith(`${folder}/`) ? '' : mount.real,
    })),
    realPaths: [
      files.root,
      folder,
      PRELOAD_FOLDER,
      routesFile,
      ...files.mounts.map(({ real }) => real),
    ],
  };
  writeFileSync(
    path,
    `require(${JSON.stringify(
      join(PRELOAD_FOLDER, 'install.cjs'),
    )}).install(${JSON.stringify(told)});\n`,
    { mode: 0o600 },
  );
}

function listen(
  pid: number,
  channel: unknown,
  { onListening, onClosed, log }: ProcessToStart,
): void {
  if (!(channel instanceof Readable)) {
    throw new Error('The process has no channel to tell what it listens on.');
  }
  channel.on('error', () => undefined);
  const onLine = (line: string) => {
    const told = message.safeParse(parseJson(line));
    if (!told.success) {
      // Whatever a program writes to its descriptors is no news of ours.
      return;
    }
    if ('listening' in told.data) {
      onListening(pid, told.data.listening.port, told.data.listening.real);
    } else {
      onClosed(told.data.closed.port);
    }
  };
  onLines(channel, {
    maxCharacters: MAX_LINE_CHARACTERS,
    onLine,
    onTooLong: () =>
      log(
        `its process wrote a line of more than ${MAX_LINE_CHARACTERS} characters to descriptor 3, which is the cluster's own, and ends`,
      ),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function signalNumber(signal: NodeJS.Signals | undefined): number {
  return signal === undefined ? 0 : constants.signals[signal];
}
