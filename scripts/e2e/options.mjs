import { SetupError } from '../setup/SetupError.mjs';

/**
 * The two flags without which nothing on a cluster is touched, and the
 * kubeconfig; or that the run brings the embedded cluster of its own. All
 * other flags are the run's own and are handed on to it.
 *
 * @throws SetupError that names the missing flag
 */
export function readE2eOptions(args) {
  const cluster = valueOf(args, 'cluster');
  const embedded = args.includes('--embedded');
  if (embedded && cluster !== undefined) {
    throw new SetupError(
      `--embedded and --cluster ${cluster} contradict each other; give one of them.`,
    );
  }
  if (embedded) {
    return { embedded };
  }
  if (cluster === undefined) {
    throw new SetupError(
      'The e2e run needs a cluster: npm run e2e -- --embedded, or --cluster <context of your kubeconfig> --disposable',
    );
  }
  if (!args.includes('--disposable')) {
    throw new SetupError(
      `The e2e run installs operators on "${cluster}", puts load on it and removes things. If that cluster may be thrown away, say so with --disposable.`,
    );
  }
  return { embedded, cluster, kubeconfig: valueOf(args, 'kubeconfig') };
}

function valueOf(args, flag) {
  const inline = args.find(arg => arg.startsWith(`--${flag}=`));
  if (inline !== undefined) {
    return inline.slice(flag.length + 3) || undefined;
  }
  const index = args.indexOf(`--${flag}`);
  const value = index === -1 ? undefined : args[index + 1];
  return value === undefined || value.startsWith('--') ? undefined : value;
}
