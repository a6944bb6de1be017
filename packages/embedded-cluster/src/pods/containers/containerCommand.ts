import { existsSync, openSync, readSync, closeSync } from 'node:fs';
import { posix } from 'node:path';
import type { Container } from '../podObject';
import { CannotRunError } from './CannotRunError';
import type { ContainerFiles } from './ContainerFiles';
import { expandVariables } from './expandVariables';

/** Of Node's own images: starts `node` with what it is given. */
const NODE_ENTRYPOINT = 'docker-entrypoint.sh';
const NODE_SHEBANG = /^#!\s*\/usr\/bin\/(?:env\s+(?:-S\s+)?)?node\b/;
/** Options of `node` that would loosen what the process is held to. */
const LOOSENING =
  /^--(?:no-)?(?:allow-|permission|experimental-permission|env-file|inspect|debug-port|openssl-config|experimental-config-file|experimental-default-config-file|snapshot-blob|build-snapshot|build-sea|experimental-sea-config|redirect-warnings|report-dir|diagnostic-dir|icu-data-dir|tls-keylog|localstorage-file|run\b|watch)/;

export interface CommandOptions {
  container: Pick<Container, 'command' | 'args' | 'workingDir'>;
  image: {
    entrypoint: readonly string[];
    cmd: readonly string[];
    workingDirectory: string;
  };
  environment: Readonly<Record<string, string>>;
  files: ContainerFiles;
}

export interface ContainerCommand {
  /** What `node` gets: options, script, arguments. */
  args: string[];
  /** A folder of the machine. */
  workingDirectory: string;
  /** The same as the container has it. */
  containerDirectory: string;
  /** One of Node's options with its path as it really is. */
  realOption(option: string): string;
}

/**
 * What a container's process is started with. Only Node runs here: no shell
 * and no program of the machine, for there is nothing that would hold them to
 * the container.
 *
 * @throws CannotRunError for any other program
 */
export function containerCommand({
  container,
  image,
  environment,
  files,
}: CommandOptions): ContainerCommand {
  const expand = (text: string) => expandVariables(text, environment);
  const { command, args } = container;
  const hasCommand = command !== undefined && command.length > 0;
  // A command of the container's own takes the image's arguments away.
  const imageArguments = hasCommand ? [] : image.cmd;
  const argv = [
    ...(hasCommand ? command.map(expand) : image.entrypoint),
    ...(args && args.length > 0 ? args.map(expand) : imageArguments),
  ];
  const workingDirectory =
    container.workingDir || image.workingDirectory || '/';
  const rest = nodeArguments(argv, { workingDirectory, environment, files });
  const loosening = [
    ...beforeScript(rest),
    ...(environment.NODE_OPTIONS ?? '').split(/\s+/),
  ].find(argument => LOOSENING.test(argument.replaceAll('_', '-')));
  if (loosening !== undefined) {
    throw new CannotRunError(
      `the embedded cluster itself sets what Node may do: leave out ${loosening}`,
    );
  }
  // Node takes quotes apart, in which an option could hide.
  if (/["\\]/.test(environment.NODE_OPTIONS ?? '')) {
    throw new CannotRunError(
      'the embedded cluster reads no quotes in NODE_OPTIONS: write it without " and \\',
    );
  }
  const real = files.real(workingDirectory);
  if (!existsSync(real)) {
    throw new CannotRunError(
      `the working directory ${workingDirectory} is not in the image`,
    );
  }
  return {
    args: rest.map(argument => realArgument(argument, files)),
    workingDirectory: real,
    containerDirectory: posix.resolve('/', workingDirectory),
    realOption: option => realArgument(option, files),
  };
}

/** All that Node may take for its own options; what follows the script is the program's. */
function beforeScript(argv: readonly string[]): readonly string[] {
  const script = argv.findIndex(
    (argument, index) =>
      !argument.startsWith('-') && argv[index - 1]?.startsWith('-') !== true,
  );
  return script < 0 ? argv : argv.slice(0, script);
}

function nodeArguments(
  [program, ...rest]: readonly string[],
  where: {
    workingDirectory: string;
    environment: Readonly<Record<string, string>>;
    files: ContainerFiles;
  },
): string[] {
  if (program === undefined) {
    throw new CannotRunError('no command specified');
  }
  const name = posix.basename(program);
  if (name === NODE_ENTRYPOINT) {
    const isNode = rest[0] !== undefined && /(^|\/)node$/.test(rest[0]);
    return isNode ? rest.slice(1) : nodeOptionsOrScript(rest, where);
  }
  if (name === 'node' || name === 'nodejs') {
    return rest;
  }
  return nodeOptionsOrScript([program, ...rest], where);
}

/** A script that asks for Node itself is run by it; everything else is refused. */
function nodeOptionsOrScript(
  argv: readonly string[],
  {
    workingDirectory,
    environment,
    files,
  }: {
    workingDirectory: string;
    environment: Readonly<Record<string, string>>;
    files: ContainerFiles;
  },
): string[] {
  const [program, ...rest] = argv;
  if (program === undefined || program.startsWith('-')) {
    return [...argv];
  }
  const candidates = program.includes('/')
    ? [posix.resolve(workingDirectory, program)]
    : (environment.PATH ?? '')
        .split(':')
        .map(folder => posix.join(folder, program));
  const script = candidates.find(path => isNodeScript(files.real(path)));
  if (script === undefined) {
    throw new CannotRunError(
      `exec: "${program}": the embedded cluster runs nothing but node and scripts that begin with "#!/usr/bin/env node"; ` +
        'it has no shell. Give the container a command that starts with node, or use a real cluster',
    );
  }
  return [files.real(script), ...rest];
}

function isNodeScript(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const start = Buffer.alloc(64);
    const length = readSync(file, start, 0, start.length, 0);
    return NODE_SHEBANG.test(start.toString('latin1', 0, length));
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

/**
 * Node's loader reads its script before anything of ours could answer for the
 * container's paths, so those that exist are handed to it as they really are.
 */
function realArgument(argument: string, files: ContainerFiles): string {
  const [, option = '', scheme = '', path] =
    /^(--[\w-]+=)?(file:\/\/)?(\/.*)$/s.exec(argument) ?? [];
  if (path === undefined) {
    return argument;
  }
  const real = files.real(path);
  return existsSync(real) ? `${option}${scheme}${real}` : argument;
}
