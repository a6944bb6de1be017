import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '../setup/SetupError.mjs';
import { kubeconfigFiles } from './kubeconfigFiles.mjs';

export const HELP = `npm start [-- flags]

Starts Backstage with the sportsbook scaling plugins on this machine. Everything
listens on the loopback interface only.

  --cluster <context>      a context of the kubeconfig that services may be
                           created in; repeatable. Without it an embedded
                           cluster is started: the current context is never
                           used by itself.
  --no-cluster             no cluster at all: the pages, and nothing to create in
  --kubeconfig <file>      default: $KUBECONFIG, else ~/.kube/config
  --namespace <name>       a namespace in which the guest may create services;
                           repeatable. Default: default; betting in
                           the embedded cluster
  --registry <host[:port]> the registry that images are pushed to and that the
                           cluster's nodes pull from
  --registry-insecure      the registry speaks plain HTTP
  --base-image <name:tag>  repository and tag, in that registry, of the image
                           that services are built on
  --node-address <host>    where browsers reach node ports of the clusters.
                           Default: the address in the node's status
  --port <number>          port of the page. Default: 7007
  --git-port <number>      port of the built-in git host. Default: 7008
  --state <folder>         database and repositories. Default: .local/state
  --config <file>          more configuration, over everything else; repeatable
  --verbose                show the backend's whole log
  --help                   this text
`;

const FLAGS = {
  cluster: { type: 'string', multiple: true },
  'no-cluster': { type: 'boolean' },
  kubeconfig: { type: 'string' },
  namespace: { type: 'string', multiple: true },
  registry: { type: 'string' },
  'registry-insecure': { type: 'boolean' },
  'base-image': { type: 'string' },
  'node-address': { type: 'string' },
  port: { type: 'string' },
  'git-port': { type: 'string' },
  state: { type: 'string' },
  config: { type: 'string', multiple: true },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const REGISTRY = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;

/**
 * What the flags of `npm start` ask for.
 *
 * @param args the arguments after the script's name
 * @param context.environment the user's environment
 * @param context.directory the folder that relative files are meant from
 * @param context.stateDefault folder of the state without `--state`
 * @throws SetupError that names the flag
 */
export function readStartOptions(
  args,
  { environment, directory, stateDefault },
) {
  const values = parse(args);
  const clusters = [...new Set(values.cluster ?? [])];
  const embedded = clusters.length === 0 && !values['no-cluster'];
  requireFittingFlags(values, { clusters, embedded });
  const namespaces = values.namespace ?? [embedded ? 'betting' : 'default'];
  for (const namespace of namespaces) {
    if (!NAMESPACE.test(namespace)) {
      throw new SetupError(
        `--namespace ${namespace}: a namespace has 1 to 63 lower-case letters, digits and "-", and starts and ends with a letter or digit.`,
      );
    }
  }
  if (values.registry !== undefined && !REGISTRY.test(values.registry)) {
    throw new SetupError(
      `--registry ${values.registry}: give a host and, if need be, a port, such as registry.example.org:5000, without a scheme or path.`,
    );
  }
  for (const flag of ['registry-insecure', 'base-image']) {
    if (values[flag] !== undefined && values.registry === undefined) {
      throw new SetupError(
        `--${flag} says something about a registry: add --registry <host[:port]>.`,
      );
    }
  }
  const port = readPort(values, 'port', 7007);
  const gitPort = readPort(values, 'git-port', 7008);
  if (port === gitPort) {
    throw new SetupError(
      `--port and --git-port are both ${port}; page and git host need a port each.`,
    );
  }
  return {
    help: values.help ?? false,
    verbose: values.verbose ?? false,
    clusters,
    embedded,
    kubeconfigs: kubeconfigFiles(values.kubeconfig, { environment, directory }),
    namespaces: [...new Set(namespaces)],
    registry: values.registry,
    registryInsecure: values['registry-insecure'] ?? false,
    baseImage: values['base-image'],
    nodeAddress: values['node-address'],
    port,
    gitPort,
    state: values.state ? resolve(directory, values.state) : stateDefault,
    configs: (values.config ?? []).map(file => resolve(directory, file)),
  };
}

/** Flags that say something about a cluster that is not meant are a mistake. */
function requireFittingFlags(values, { clusters, embedded }) {
  if (clusters.length > 0 && values['no-cluster']) {
    throw new SetupError(
      `--cluster ${clusters[0]} and --no-cluster contradict each other; give one of them.`,
    );
  }
  if (!embedded) {
    return;
  }
  for (const flag of ['kubeconfig', 'registry', 'node-address']) {
    if (values[flag] !== undefined) {
      throw new SetupError(
        `--${flag} says something about a cluster of yours: add --cluster <context>. The embedded cluster brings its own.`,
      );
    }
  }
}

function parse(args) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new SetupError(
      `${error.message.split('. ')[0]}. "npm start -- --help" lists the flags.`,
    );
  }
}

function readPort(values, flag, fallback) {
  const text = values[flag];
  if (text === undefined) {
    return fallback;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new SetupError(`--${flag} ${text}: give a number from 1 to 65535.`);
  }
  return port;
}
