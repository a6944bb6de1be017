import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../setup/paths.mjs';
import { SetupError } from '../setup/SetupError.mjs';
import { LoggedProcess } from './LoggedProcess.mjs';

const PAUSE_BEFORE_RESTART_MS = 1_000;
const RESTARTS = 5;

/**
 * Young objects get little room: with the engine's own 16 MB, three times
 * over, a cluster at rest keeps 30 MB more and is no faster.
 */
const NODE_FLAGS = ['--no-warnings', '--max-semi-space-size=2'];

/**
 * The C library hands back what it does not need, in bytes: left alone, it
 * learns from the start to keep 10 MB. Others than glibc know no such variable.
 */
const MEMORY_ENVIRONMENT = {
  MALLOC_TRIM_THRESHOLD_: '1048576',
  MALLOC_MMAP_THRESHOLD_: '1048576',
};

/**
 * The embedded cluster as a child process, started again when it ends without
 * having been asked to. It ends with this process, however that ends: its
 * channel closes.
 */
export class EmbeddedCluster {
  #options;
  #process;
  #stopping = false;
  #restartsLeft = RESTARTS;

  /**
   * @param options.node `{binary}`
   * @param options.env environment
   * @param options.directory folder of the cluster's state
   * @param options.namespaces namespaces that are made when they are missing
   * @param options.gitHost `{port, directory, owner, accountFile}`; absent: no git host
   * @param options.logFile gets everything that it writes
   * @param options.say is told what a person should know
   * @param options.program what is run; the built embedded cluster by default
   */
  constructor(options) {
    this.#options = options;
  }

  /**
   * @returns `{url, kubeconfig, context, registry}` once it answers
   * @throws SetupError with the end of its log
   */
  async start() {
    const { node, env, directory, namespaces, gitHost, logFile, program } =
      this.#options;
    this.#process = new LoggedProcess({
      binary: node.binary,
      args: [
        ...NODE_FLAGS,
        program ?? join(root, 'packages/embedded-cluster/dist/main.cjs'),
        '--directory',
        directory,
        ...namespaces.flatMap(name => ['--namespace', name]),
        ...(gitHost === undefined
          ? []
          : [
              ...['--git-port', String(gitHost.port)],
              ...['--git-directory', gitHost.directory],
              ...['--git-owner', gitHost.owner],
              ...['--git-username', gitHost.username],
              ...['--git-password-file', gitHost.passwordFile],
            ]),
      ],
      cwd: root,
      env: { ...MEMORY_ENVIRONMENT, ...env },
      logFile,
      onLine: () => {},
      ipc: true,
    });
    const started = this.#process;
    const answer = await Promise.race([
      new Promise(resolve => started.onMessage(resolve)),
      started.ended.then(code => ({ code })),
    ]);
    if (answer.code !== undefined || answer.failed !== undefined) {
      throw new SetupError(
        answer.failed ??
          `The embedded cluster ended (${
            answer.code
          }) before it answered. The end of ${relative(
            root,
            logFile,
          )}:\n\n${started.lastLines.join('\n')}`,
      );
    }
    started.ended.then(code => this.#restart(code));
    return answer.ready;
  }

  /** Of its process. */
  get pid() {
    return this.#process?.pid;
  }

  /** Resolves when it and its pods have ended. */
  async stop() {
    this.#stopping = true;
    this.#process?.stop('SIGTERM');
    await this.#process?.ended;
  }

  /** Ends it at once; its pods see that it is gone. */
  kill() {
    this.#stopping = true;
    this.#process?.stop('SIGTERM');
  }

  async #restart(code) {
    const { say, logFile } = this.#options;
    if (this.#stopping) {
      return;
    }
    if (this.#restartsLeft === 0) {
      say(
        `The embedded cluster ended again (${code}) and is left alone. Its log: ${logFile}`,
      );
      return;
    }
    this.#restartsLeft -= 1;
    say(`The embedded cluster ended (${code}) and is started again.`);
    await sleep(PAUSE_BEFORE_RESTART_MS);
    if (!this.#stopping) {
      await this.start().catch(error => say(error.message));
    }
  }
}
