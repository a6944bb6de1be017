import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** `TCP_LISTEN`, as the kernel writes it. */
const LISTENING = '0A';

/**
 * Whether a process itself listens on a TCP port of this machine: what it says
 * of that is not taken for granted, or a Service could lead to whatever else
 * listens here. Undefined where the system does not tell; Linux does.
 */
export function listensOn(pid: number, port: number): boolean | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap(name =>
      listeners(`/proc/${pid}/net/${name}`, port),
    ),
  );
  return inodes.size > 0 && socketsOf(pid).some(inode => inodes.has(inode));
}

/** Inodes of the sockets that listen on it, whoever has them. */
function listeners(path: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readLines(path).flatMap(line => {
    const fields = line.trim().split(/\s+/);
    return fields[1]?.endsWith(suffix) && fields[3] === LISTENING
      ? [fields[9]]
      : [];
  });
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    // It has ended, or the machine has no IPv6.
    return [];
  }
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap(name => {
      const [, inode] =
        /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`)) ?? [];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
