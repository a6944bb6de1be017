import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * The current context of a kubeconfig with a client certificate.
 *
 * @returns `{server, ca, cert, key}`
 */
export function readKubeconfig(path) {
  const config = parse(readFileSync(path, 'utf8'));
  const context = named(config.contexts, config['current-context']).context;
  const { cluster } = named(config.clusters, context.cluster);
  const { user } = named(config.users, context.user);
  const bytes = (holder, name) => {
    if (holder[`${name}-data`] !== undefined) {
      return Buffer.from(holder[`${name}-data`], 'base64');
    }
    if (holder[name] === undefined) {
      throw new Error(
        `${path}: there is no ${name}; the measurement needs a client certificate.`,
      );
    }
    return readFileSync(resolve(dirname(path), holder[name]));
  };
  return {
    server: cluster.server,
    ca: bytes(cluster, 'certificate-authority'),
    cert: bytes(user, 'client-certificate'),
    key: bytes(user, 'client-key'),
  };
}

function named(list, name) {
  const found = list?.find(one => one.name === name);
  if (found === undefined) {
    throw new Error(`The kubeconfig has nothing called "${name}".`);
  }
  return found;
}
