import type { RequestOptions } from 'node:https';
import { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { KubeconfigContext } from './KubeconfigFiles';

interface Session {
  /** As it stood in the file. */
  user: string;
  kubeConfig: KubeConfig;
}

/**
 * Credentials of kubeconfig users. client-node knows all their forms, runs
 * exec plugins, and keeps what these give until it expires.
 */
export class ContextCredentials {
  readonly #sessions = new Map<string, Session>();

  async get(context: KubeconfigContext): Promise<KubernetesCredential> {
    const kubeConfig = await this.#session(context);
    const options: RequestOptions = {};
    try {
      await kubeConfig.applyToHTTPSOptions(options);
    } catch (error) {
      throw new Error(
        `The credentials of context '${
          context.name
        }' cannot be had from its kubeconfig user '${
          context.user.name
        }': ${reasonOf(context.user, error)}`,
      );
    }
    const cert = pem(options.cert);
    const key = pem(options.key);
    if (cert !== undefined && key !== undefined) {
      return { type: 'x509 client certificate', cert, key };
    }
    const token = bearerToken(options);
    return token === undefined
      ? { type: 'anonymous' }
      : { type: 'bearer token', token };
  }

  /** One for as long as the user's entry stays as it is, since exec plugins' answers are kept in it. */
  async #session(context: KubeconfigContext): Promise<KubeConfig> {
    const user = JSON.stringify(context.user);
    const known = this.#sessions.get(context.name);
    if (known?.user === user) {
      return known.kubeConfig;
    }
    const clientNode = await import('@kubernetes/client-node');
    const kubeConfig = new clientNode.KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      // Only the user's part is used; the cluster's is Backstage's to apply.
      { name: context.name, server: 'https://localhost', skipTLSVerify: false },
      context.user,
    );
    this.#sessions.set(context.name, { user, kubeConfig });
    return kubeConfig;
  }
}

function bearerToken(options: RequestOptions): string | undefined {
  const headers = new Headers();
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers.set(name, String(value));
  }
  const [, token] =
    /^Bearer (\S+)\s*$/.exec(headers.get('authorization') ?? '') ?? [];
  return token;
}

function pem(value: RequestOptions['cert'] | RequestOptions['key']) {
  return typeof value === 'string' || Buffer.isBuffer(value)
    ? value.toString()
    : undefined;
}

/** What an exec plugin prints on its error stream is for people at a terminal, and may hold secrets. */
function reasonOf(user: User, error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (user.exec) {
    return code === 'ENOENT'
      ? `its exec plugin '${user.exec.command}' is not on the PATH of Backstage's host. Install it there.`
      : `its exec plugin '${user.exec.command}' failed. Run it in a terminal on Backstage's host to see why, as by 'kubectl --context ... version'.`;
  }
  return code === undefined
    ? 'they cannot be used. Try the context with kubectl.'
    : `${code}. Check the files that it names.`;
}
