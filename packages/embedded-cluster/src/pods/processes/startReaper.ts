import { spawn } from 'node:child_process';

/**
 * Waits for the end of whoever holds the other end of its input. A line is an
 * orderly one; without, every process that is noted in the folder it runs in
 * is ended with its group, unless another one has the number by now: the
 * start is compared as `identifyProcess` tells it.
 */
const SCRIPT = `
if read -r word; then exit 0; fi
set -f
for pid in $(ls); do
  read -r number noted < "$pid" || continue
  case "$number" in "$pid") ;; *) continue ;; esac
  if [ -r /proc/self/stat ]; then
    read -r stat < "/proc/$pid/stat" || continue
    set -- \${stat##*) }
    [ "$1" = Z ] && continue
    shift 19
    now=$1
  else
    set -- $(ps -o lstart= -p "$pid"); now=$*
    set -- $noted; noted=$*
  fi
  [ -n "$now" ] && [ "$now" = "$noted" ] && kill -s KILL -- "-$pid"
done
`;

export interface Reaper {
  /** Sends it home: nothing is ended. */
  dismiss(): void;
}

/**
 * Starts the one process that outlives a `kill -9` of this one, by
 * milliseconds: it ends the containers' processes that cannot end by
 * themselves, because they are busy without a pause (`for (;;);`).
 *
 * It is the system's `/bin/sh`, which takes a megabyte where another Node
 * would take forty; it runs nothing but the script above.
 *
 * @param folder - of {@link ProcessRecords}
 * @param log - is told when there is none
 */
export function startReaper(
  folder: string,
  log: (line: string) => void,
): Reaper {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'reaper'], {
    // Not as an argument: it is no process of the state folder's.
    cwd: folder,
    env: { PATH: '/usr/bin:/bin' },
    // In a session of its own, no signal of a terminal ends it together with us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  child.on('error', error =>
    log(
      `pods that never pause would outlive a kill -9 of the cluster until its next start: /bin/sh cannot be started (${error.message})`,
    ),
  );
  child.stdin.on('error', () => undefined);
  // Else this process would wait for it.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') {
    child.stdin.unref();
  }
  return { dismiss: () => child.stdin.end('done\n') };
}
