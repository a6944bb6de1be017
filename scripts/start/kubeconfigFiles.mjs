import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/**
 * The kubeconfig files to look into: the one of the flag, else those that
 * KUBECONFIG lists (like PATH), else kubectl's default.
 */
export function kubeconfigFiles(flag, { environment, directory }) {
  if (flag !== undefined) {
    return [resolve(directory, flag)];
  }
  const listed = (environment.KUBECONFIG ?? '')
    .split(delimiter)
    .filter(file => file !== '')
    .map(file => resolve(directory, file));
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}
