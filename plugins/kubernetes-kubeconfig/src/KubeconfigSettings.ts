import { homedir } from 'node:os';
import path from 'node:path';
import { Config } from '@backstage/config';

/** What the section `kubernetesKubeconfig` says. */
export interface KubeconfigSettings {
  /** At least one; where several define the same name, the first one wins. */
  paths: string[];
  /** May be empty: then no kubeconfig is read. */
  contexts: string[];
}

/** Reads the section; the paths default to those that kubectl would use. */
export function readKubeconfigSettings(
  config: Config,
  environment: { KUBECONFIG?: string } = process.env,
): KubeconfigSettings {
  const section = config.getOptionalConfig('kubernetesKubeconfig');
  const configured = section?.getOptionalString('path');
  const contexts = section?.getOptionalStringArray('contexts') ?? [];
  return {
    paths: configured === undefined ? kubectlPaths(environment) : [configured],
    contexts: [...new Set(contexts)],
  };
}

function kubectlPaths(environment: { KUBECONFIG?: string }): string[] {
  const listed = (environment.KUBECONFIG ?? '')
    .split(path.delimiter)
    .filter(entry => entry !== '');
  return listed.length > 0 ? listed : [path.join(homedir(), '.kube', 'config')];
}
