import { readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageFolder } from './runtime/packageFolder';
import { portFlag } from './portFlag';
import { messageOf } from './runtime/messageOf';

enableCompileCache?.(
  join(packageFolder(), 'node_modules', '.cache', 'compile'),
);

/** What {@link process.send} tells the process that started this one. */
export type MainMessage =
  | {
      ready: {
        url: string;
        kubeconfig: string;
        context: string;
        registry: string;
      };
    }
  | { failed: string };

function say(message: MainMessage): void {
  if (process.send) {
    // That whoever started this one is gone is told by 'disconnect'.
    process.send(message, undefined, undefined, () => undefined);
  } else if ('failed' in message) {
    process.stderr.write(`${message.failed}\n`);
  } else {
    process.stdout.write(`${JSON.stringify(message.ready, undefined, 2)}\n`);
  }
}

/** Longer than pods get to end. */
const CLOSE_MILLISECONDS = 10_000;

/** Whatever was not caught leaves a state that nobody knows: it ends in order, with exit code 1. */
function endOnFault(close: () => Promise<void>): void {
  let ending = false;
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', (error: unknown) => {
    process.stderr.write(
      `The embedded cluster ends, because of: ${
        error instanceof Error ? error.stack ?? error.message : String(error)
      }\n`,
    );
    if (!ending) {
      ending = true;
      const exit = () => process.exit(1);
      setTimeout(exit, CLOSE_MILLISECONDS);
      close().then(exit, exit);
    }
  });
}

async function main(): Promise<void> {
  // Sockets, databases and what libraries write is the owner's alone.
  process.umask(0o077);
  const { values } = parseArgs({
    options: {
      directory: { type: 'string' },
      port: { type: 'string', default: '0' },
      'registry-port': { type: 'string', default: '0' },
      namespace: { type: 'string', multiple: true, default: [] },
      'git-port': { type: 'string' },
      'git-directory': { type: 'string' },
      'git-owner': { type: 'string' },
      'git-username': { type: 'string' },
      'git-password-file': { type: 'string' },
    },
  });
  if (values.directory === undefined) {
    throw new Error(
      'The cluster keeps its state in a folder: add --directory <folder>.',
    );
  }
  const { startEmbeddedCluster } = await import('./startEmbeddedCluster');
  const cluster = await startEmbeddedCluster({
    directory: values.directory,
    apiPort: portFlag('port', values.port),
    registryPort: portFlag('registry-port', values['registry-port']),
    namespaces: values.namespace,
    log: line => process.stdout.write(`${new Date().toISOString()} ${line}\n`),
    ...(values['git-port'] === undefined
      ? {}
      : {
          gitHost: {
            port: portFlag('git-port', values['git-port']),
            directory: required(values, 'git-directory'),
            owner: required(values, 'git-owner'),
            credentials: {
              username: required(values, 'git-username'),
              password: readFileSync(
                required(values, 'git-password-file'),
                'utf8',
              ),
            },
          },
        }),
  });

  endOnFault(() => cluster.close());
  let ending = false;
  const end = () => {
    if (!ending) {
      ending = true;
      cluster.close().then(
        () => process.exit(0),
        error => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    }
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', end);
  // Whoever started this one is gone, however it ended.
  process.on('disconnect', end);
  if (process.connected === false) {
    // It ended while this one started, and nobody is left to be told.
    end();
    return;
  }
  say({
    ready: {
      url: cluster.url,
      kubeconfig: cluster.kubeconfigPath,
      context: cluster.context,
      registry: cluster.registry,
    },
  });
  // Now, with all that a start needs and before anybody may kill this process.
  setImmediate(() => flushCompileCache?.());
}

function required<Name extends string>(
  values: Partial<Record<Name, string | undefined>>,
  name: Name,
): string {
  const value = values[name];
  if (value === undefined) {
    throw new Error(`--git-port needs --${name} as well.`);
  }
  return value;
}

main().catch((error: unknown) => {
  say({ failed: messageOf(error) });
  process.exitCode = 1;
  if (process.connected) {
    process.disconnect();
  }
});
