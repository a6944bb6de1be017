import { join } from 'node:path';
import type { ContainerFiles } from '../containers/ContainerFiles';
import { PRELOAD_FOLDER } from './preloadPath';

/** What metrics of a process are made of; nothing else below these folders is shown. */
const READABLE_SYSTEM_FILES = [
  '/proc/self/fd/*',
  '/proc/self/limits',
  '/proc/self/stat',
  '/proc/self/status',
  '/proc/meminfo',
  '/proc/cpuinfo',
  '/proc/loadavg',
];

export interface PermittedProcess {
  files: ContainerFiles;
  /** Whether it may write where no mount is. */
  rootWritable: boolean;
  /** The process's own. */
  folder: string;
  routesFile: string;
}

/** What the process may write, folders with all that is in them. */
function writableFolders({
  files,
  folder,
  rootWritable,
}: PermittedProcess): string[] {
  return [
    ...files.mounts.filter(mount => mount.writable).map(({ real }) => real),
    ...(rootWritable
      ? [files.root, join(folder, 'home'), join(folder, 'tmp')]
      : []),
  ];
}

/**
 * The options of `node` that hold a container's process to its files.
 *
 * @param preload - its first module
 */
export function processPermissions(
  options: PermittedProcess,
  preload: string,
): string[] {
  const { files, folder, routesFile } = options;
  const own = [join(folder, 'home'), join(folder, 'tmp')];
  const readable = [
    files.root,
    ...files.mounts.map(({ real }) => real),
    ...own,
    PRELOAD_FOLDER,
  ];
  return [
    '--permission',
    // Logging libraries write from a thread; the preload sees to it that threads
    // keep these permissions, as Node lets them have others.
    '--allow-worker',
    '--disable-warning=SecurityWarning',
    // Later versions of Node refuse the network unless told otherwise.
    ...(process.allowedNodeEnvironmentFlags.has('--allow-net')
      ? ['--allow-net']
      : []),
    ...[
      ...readable.map(path => `${path}/*`),
      ...readable,
      preload,
      routesFile,
      ...READABLE_SYSTEM_FILES,
    ].map(path => `--allow-fs-read=${path}`),
    ...writableFolders(options).flatMap(path => [
      `--allow-fs-write=${path}`,
      `--allow-fs-write=${path}/*`,
    ]),
  ];
}
