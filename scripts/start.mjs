import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { main } from './setup/main.mjs';
import { local, logs, root } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { progress } from './setup/progress.mjs';
import { SetupError } from './setup/SetupError.mjs';
import { Backend } from './start/Backend.mjs';
import { announcement } from './start/announcement.mjs';
import { EmbeddedCluster } from './start/EmbeddedCluster.mjs';
import { configuredGitHost } from './start/configuredGitHost.mjs';
import { gitAccount } from './start/gitAccount.mjs';
import { findContexts } from './start/kubeconfig.mjs';
import { HELP, readStartOptions } from './start/options.mjs';
import { GIT_OWNER, overlay, repositories } from './start/overlay.mjs';
import {
  removePidFile,
  runningBackend,
  writePidFile,
} from './start/pidFile.mjs';
import { requireFreePort } from './start/requireFreePort.mjs';

await main(async ({ takeSignals }) => {
  const options = readStartOptions(process.argv.slice(2), {
    environment: process.env,
    directory: process.env.INIT_CWD ?? process.cwd(),
    stateDefault: join(local, 'state'),
  });
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const pidFile = join(options.state, 'backend.json');
  const other = runningBackend(pidFile);
  if (other) {
    throw new SetupError(
      `A backend of this checkout already serves ${other.url} (process ${other.pid}). Stop it, or give this one a state of its own with --state <folder>, --port and --git-port.`,
    );
  }
  await requireFreePort(options.port, '--port');

  const { node, env } = await prepare({ cluster: options.embedded });
  const { parse, stringify } = createRequire(import.meta.url)('yaml');

  const kubeconfig =
    options.clusters.length > 0
      ? findContexts(options.kubeconfigs, options.clusters, parse)
      : undefined;
  const own = join(root, 'app-config.local.yaml');
  const gitHost = configuredGitHost(
    [
      { file: own, optional: true },
      ...options.configs.map(file => ({ file, optional: false })),
    ],
    parse,
  );
  if (gitHost === undefined) {
    await requireFreePort(options.gitPort, '--git-port');
  }

  // Tasks that wait keep their owners' tokens in the database.
  const database = join(options.state, 'database');
  mkdirSync(database, { recursive: true, mode: 0o700 });
  chmodSync(database, 0o700);
  const passwordFile = join(options.state, 'git-password');
  const account = gitHost === undefined ? gitAccount(passwordFile) : undefined;

  const cluster = options.embedded
    ? new EmbeddedCluster({
        node,
        env,
        directory: join(options.state, 'cluster'),
        namespaces: options.namespaces,
        gitHost: account && {
          port: options.gitPort,
          directory: repositories(options.state),
          owner: GIT_OWNER,
          username: account.username,
          passwordFile,
        },
        logFile: join(logs, 'cluster.log'),
        say: line => console.log(line),
      })
    : undefined;
  process.once('exit', () => cluster?.kill());
  const embedded = cluster
    ? await progress('Starting the embedded cluster', () => cluster.start())
    : undefined;

  const generated = join(options.state, 'app-config.yaml');
  writeFileSync(
    generated,
    stringify(
      overlay(options, {
        kubeconfig: kubeconfig?.path,
        embedded,
        gitAccount: account,
      }),
      { aliasDuplicateObjects: false },
    ),
    { mode: 0o600 },
  );
  chmodSync(generated, 0o600);

  const url = `http://127.0.0.1:${options.port}`;
  const logFile = join(logs, 'backend.log');
  const backend = new Backend({
    node,
    env,
    configs: [
      join(root, 'app-config.yaml'),
      generated,
      ...(existsSync(own) ? [own] : []),
      ...options.configs,
    ],
    logFile,
    verbose: options.verbose,
  });
  writePidFile(pidFile, { pid: backend.pid, url });
  process.once('exit', () => backend.stop('SIGTERM'));
  let stopping = false;
  takeSignals(signal => {
    stopping = true;
    backend.stop(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
  try {
    const serves = await progress('Starting Backstage', () =>
      backend.serves(`${url}/.backstage/health/v1/readiness`),
    );
    if (serves) {
      console.log(
        announcement({ url, kubeconfig, embedded, options, logFile }),
      );
    }
    const code = await backend.ended;
    if (!serves && !stopping) {
      throw new SetupError(
        `Backstage ended (${code}) before it served a page. The end of ${relative(
          root,
          logFile,
        )}:\n\n${backend.lastLines.join('\n')}`,
      );
    }
    return code;
  } finally {
    removePidFile(pidFile);
    await cluster?.stop();
  }
});
