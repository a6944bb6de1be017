import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { kubeConfigClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  bindRole,
  CLUSTER_ROLE,
  NAMESPACED_ROLES,
} from '../platform/rbacFiles';

const base64 = z.string().transform(value => Buffer.from(value, 'base64'));

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({
      cluster: z.object({
        server: z.string(),
        'certificate-authority-data': base64,
      }),
    }),
  ]),
  users: z.tuple([
    z.object({
      user: z.object({
        'client-certificate-data': base64,
        'client-key-data': base64,
      }),
    }),
  ]),
});

const tokenSchema = z.object({ status: z.object({ token: z.string() }) });

/**
 * Makes somebody who may create services in a namespace and nothing else, by
 * the roles of deploy/rbac, and returns a token as he would show it.
 *
 * @param options.kubeconfig - of the embedded cluster's administrator
 */
export async function personWithToken(options: {
  kubeconfig: string;
  context: string;
  name: string;
  namespace: string;
}): Promise<string> {
  const { kubeconfig, context, namespace } = options;
  const account = { name: options.name, namespace };
  const { client, close } = await kubeConfigClient({
    kubeconfigPath: kubeconfig,
    context,
  });
  try {
    await client.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: account,
    });
    for (const file of NAMESPACED_ROLES) {
      await bindRole(client, { file, account, namespace });
    }
    await bindRole(client, { file: CLUSTER_ROLE, account });
  } finally {
    close();
  }
  const config = kubeconfigSchema.parse(
    parse(await readFile(kubeconfig, 'utf8')),
  );
  const [{ cluster }] = config.clusters;
  const [{ user }] = config.users;
  const answer = await new Promise<string>((done, failed) => {
    request(
      `${cluster.server}/api/v1/namespaces/${namespace}/serviceaccounts/${account.name}/token`,
      {
        method: 'POST',
        ca: cluster['certificate-authority-data'],
        cert: user['client-certificate-data'],
        key: user['client-key-data'],
        headers: { 'content-type': 'application/json' },
      },
      response => text(response).then(done, failed),
    )
      .once('error', failed)
      .end(
        JSON.stringify({
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: 3600 },
        }),
      );
  });
  return tokenSchema.parse(JSON.parse(answer)).status.token;
}
