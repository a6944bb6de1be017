import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { stringify } from 'yaml';
import { ADMIN_USER, type Authority } from './createAuthority';
import { writePrivately } from './writePrivately';

/** Name of the cluster's `extensions` entry, which says what it is to other tools. */
export const EMBEDDED_EXTENSION = 'sportsbook-scaling/embedded';

const inBase64 = (text: string) => Buffer.from(text).toString('base64');

/**
 * Writes `<directory>/kubeconfig` (mode 600, in one step) with the authority
 * and the administrator's certificate inside. By the cluster's name in it,
 * Backstage knows that it is the embedded one.
 *
 * @returns its path
 */
export async function writeKubeconfig(options: {
  directory: string;
  /** Such as `https://127.0.0.1:6443`. */
  serverUrl: string;
  authority: Pick<Authority, 'caCertificate' | 'admin'>;
  /** Name of the context. Default `embedded`. */
  context?: string;
  /** Namespace of the context. Default: none, which clients take as `default`. */
  namespace?: string;
}): Promise<string> {
  const { directory, serverUrl, authority, namespace } = options;
  const context = options.context ?? EMBEDDED_CLUSTER.name;
  const path = join(directory, 'kubeconfig');
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: EMBEDDED_CLUSTER.kubeconfigEntry,
        cluster: {
          server: serverUrl,
          'certificate-authority-data': inBase64(authority.caCertificate),
          extensions: [{ name: EMBEDDED_EXTENSION, extension: {} }],
        },
      },
    ],
    users: [
      {
        name: ADMIN_USER,
        user: {
          'client-certificate-data': inBase64(authority.admin.certificate),
          'client-key-data': inBase64(authority.admin.key),
        },
      },
    ],
    contexts: [
      {
        name: context,
        context: {
          cluster: EMBEDDED_CLUSTER.kubeconfigEntry,
          user: ADMIN_USER,
          ...(namespace === undefined ? {} : { namespace }),
        },
      },
    ],
    'current-context': context,
  };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writePrivately(
    path,
    `# A cluster inside one Node process of this machine; written anew at each start.\n${stringify(
      kubeconfig,
    )}`,
  );
  return path;
}
