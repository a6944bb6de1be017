import { InputError, isError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { RetryPolicy } from '../RetryPolicy';
import { KubeConfigClient, kubeConfigClient } from './kubeConfigClient';

/** Where contexts come from: files, the earlier ones first, or the pod that this process runs in. */
export type KubeconfigSource = { paths: string[] } | { inCluster: true };

/** A context, as far as people choose by it. */
export interface KubeconfigContext {
  name: string;
  /** URL of its API server; undefined where the file does not hold the cluster. */
  server?: string;
  /** For objects that name none. */
  namespace?: string;
}

/** What a kubeconfig offers. */
export interface OpenedKubeconfig {
  contexts: KubeconfigContext[];
  /** What a shell has switched to; undefined where the file says none. */
  currentContext?: string;
  /** @throws InputError for a context that is not there, or refers to nothing */
  connect(context: string, retry?: RetryPolicy): Promise<KubeConfigClient>;
}

/**
 * The files that kubectl would read: those of `KUBECONFIG`, or `~/.kube/config`.
 * Where a list has gaps, what there is counts.
 */
export function defaultKubeconfigPaths(
  env: Record<string, string | undefined>,
): string[] {
  const listed = (env.KUBECONFIG ?? '')
    .split(delimiter)
    .filter(path => path !== '');
  if (listed.length === 0) {
    return [join(homedir(), '.kube', 'config')];
  }
  const present = listed.filter(path => existsSync(path));
  return present.length === 0 ? listed.slice(0, 1) : present;
}

/**
 * Reads a kubeconfig. Of several files the first that names a thing counts, as
 * with kubectl.
 *
 * @throws InputError for a file that is not there or cannot be read as one, and
 *   for a pod that is none
 */
export async function openKubeconfig(
  source: KubeconfigSource,
): Promise<OpenedKubeconfig> {
  const clientNode = await import('@kubernetes/client-node');
  const kubeConfig = new clientNode.KubeConfig();
  if ('inCluster' in source) {
    loadFromPod(kubeConfig);
  } else {
    const files = source.paths.map(path =>
      loadFile(new clientNode.KubeConfig(), path),
    );
    kubeConfig.loadFromOptions({
      clusters: firstOfEach(files.flatMap(file => file.getClusters())),
      users: firstOfEach(files.flatMap(file => file.getUsers())),
      contexts: firstOfEach(files.flatMap(file => file.getContexts())),
      currentContext:
        files.map(file => file.getCurrentContext()).find(Boolean) ?? '',
    });
  }
  const currentContext = kubeConfig.getCurrentContext();
  return {
    contexts: kubeConfig.getContexts().map(({ name, cluster, namespace }) => ({
      name,
      server: kubeConfig.getCluster(cluster)?.server,
      namespace,
    })),
    currentContext: currentContext === '' ? undefined : currentContext,
    connect: (context, retry) =>
      kubeConfigClient({ kubeConfig, context, retry }),
  };
}

function loadFile(kubeConfig: KubeConfig, path: string): KubeConfig {
  try {
    kubeConfig.loadFromFile(path);
    return kubeConfig;
  } catch (error) {
    throw new InputError(
      `The kubeconfig ${path} cannot be read: ${
        isError(error) ? error.message : String(error)
      }. Name another file.`,
    );
  }
}

function loadFromPod(kubeConfig: KubeConfig): void {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new InputError(
      'This process runs in no pod: KUBERNETES_SERVICE_HOST is not set. Name a kubeconfig and a context.',
    );
  }
  kubeConfig.loadFromCluster();
}

function firstOfEach<T extends { name: string }>(things: T[]): T[] {
  return things.filter(
    ({ name }, index) =>
      things.findIndex(thing => thing.name === name) === index,
  );
}
