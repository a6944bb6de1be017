import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';
const LONGEST_COMMAND = 120;

/**
 * The process that listens on a TCP port, or undefined where the system does
 * not tell.
 *
 * @returns `{pid, command}`
 */
export function portOwner(port) {
  const pid = ownerByProc(port) ?? ownerByLsof(port);
  return pid === undefined ? undefined : { pid, command: commandOf(pid) };
}

// Linux: /proc/net/tcp gives the socket's inode, some process holds it open.
function ownerByProc(port) {
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(file =>
    listeningInodes(attempt(() => readFileSync(file, 'utf8')) ?? '', port),
  );
  if (inodes.length === 0) {
    return undefined;
  }
  const sockets = new Set(inodes.map(inode => `socket:[${inode}]`));
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  const holder = pids.find(pid =>
    (attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []).some(fd =>
      sockets.has(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`))),
    ),
  );
  return holder === undefined ? undefined : Number(holder);
}

/** The inodes of the sockets that listen on a port, in /proc/net/tcp's text. */
export function listeningInodes(table, port) {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(
      ([, address, , state]) =>
        state === LISTENING && address.endsWith(`:${wanted}`),
    )
    .map(fields => fields[9]);
}

function ownerByLsof(port) {
  const output = attempt(() =>
    execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const pid = Number.parseInt(output ?? '', 10);
  return Number.isInteger(pid) ? pid : undefined;
}

/** A process's command line, shortened; empty where it is not told. */
export function commandOf(pid) {
  const command =
    attempt(() =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
    ) ??
    attempt(() =>
      execFileSync('ps', ['-p', String(pid), '-o', 'command='], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) ??
    '';
  return command.trim().slice(0, LONGEST_COMMAND);
}

// Processes come and go, and others' are not readable: no answer is an answer.
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
