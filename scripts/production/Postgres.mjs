import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../setup/SetupError.mjs';

const ROOT = '/usr/lib/postgresql';
const START_TIMEOUT_MS = 30_000;

/** A PostgreSQL server of one's own, in a folder and on a loopback port. */
export class Postgres {
  #bin = findPrograms();
  #owner = unprivilegedUser();
  #server;

  /** @param options `{folder, port}`; the folder is made */
  constructor({ folder, port }) {
    this.folder = folder;
    this.port = port;
  }

  async start() {
    mkdirSync(this.folder, { mode: 0o700 });
    if (this.#owner) {
      chownSync(this.folder, this.#owner.uid, this.#owner.gid);
    }
    const options = { ...this.#owner, cwd: this.folder, stdio: 'pipe' };
    execFileSync(
      join(this.#bin, 'initdb'),
      ['--pgdata', 'data', '--username', 'backstage', '--auth', 'trust'],
      options,
    );
    this.#server = spawn(
      join(this.#bin, 'postgres'),
      [
        ...['-D', 'data', '-h', '127.0.0.1', '-p', String(this.port)],
        ...['-k', this.folder],
      ],
      { ...options, stdio: 'ignore' },
    );
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        execFileSync(
          join(this.#bin, 'createdb'),
          [
            ...['--host', '127.0.0.1', '--port', String(this.port)],
            ...['--username', 'backstage', 'backstage'],
          ],
          options,
        );
        return this;
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await sleep(300);
      }
    }
  }

  async stop() {
    if (this.#server?.exitCode === null) {
      const ended = new Promise(done => this.#server.once('exit', done));
      this.#server.kill('SIGINT');
      await ended;
    }
  }
}

function findPrograms() {
  const versions = existsSync(ROOT) ? readdirSync(ROOT) : [];
  const found = versions
    .sort((a, b) => Number(b) - Number(a))
    .map(version => join(ROOT, version, 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')));
  if (found === undefined) {
    throw new SetupError(
      `There is no PostgreSQL server in ${ROOT}. Install Debian's package 'postgresql'.`,
    );
  }
  return found;
}

/** PostgreSQL does not run as root. */
function unprivilegedUser() {
  if (process.getuid() !== 0) {
    return undefined;
  }
  const id = flag => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}
