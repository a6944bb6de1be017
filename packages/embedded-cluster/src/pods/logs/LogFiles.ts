import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../model/Clock';
import { ContainerLog } from './ContainerLog';

/** The logs of all containers' runs: `<directory>/<pod uid>/<container>/<restart>.log`. */
export class LogFiles {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #open = new Map<string, ContainerLog>();

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  path(uid: string, container: string, restart: number): string {
    return join(this.#directory, uid, container, `${restart}.log`);
  }

  /** Begins a run's log, and forgets the run before the last. */
  begin(uid: string, container: string, restart: number): ContainerLog {
    const path = this.path(uid, container, restart);
    const log = new ContainerLog(path, this.#clock);
    this.#open.set(path, log);
    for (const suffix of ['', '.1']) {
      rmSync(`${this.path(uid, container, restart - 2)}${suffix}`, {
        force: true,
      });
    }
    return log;
  }

  end(log: ContainerLog): void {
    log.end();
    this.#open.delete(log.path);
  }

  /** The log that is still written to. */
  open(path: string): ContainerLog | undefined {
    return this.#open.get(path);
  }

  removePod(uid: string): void {
    rmSync(join(this.#directory, uid), { recursive: true, force: true });
  }

  /** Pods that have logs. */
  uids(): string[] {
    try {
      return readdirSync(this.#directory);
    } catch {
      return [];
    }
  }
}
