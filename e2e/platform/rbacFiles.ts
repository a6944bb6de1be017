import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = resolve(__dirname, '../../deploy/rbac');

const roleSchema = z
  .object({
    apiVersion: z.string(),
    kind: z.literal('ClusterRole'),
    metadata: z.object({ name: z.string() }).passthrough(),
  })
  .passthrough();

/** The files of deploy/rbac whose roles are bound in a service's namespace. */
export const NAMESPACED_ROLES = [
  'apply',
  'wait',
  'verify',
  'delete',
  'card',
] as const;

/** Of deploy/rbac, outside of namespaces. */
export const CLUSTER_ROLE = 'cluster-reads';

/** The ClusterRole of a file of deploy/rbac, as it is handed to people. */
export async function rbacRole(file: string): Promise<KubernetesObject> {
  const text = await readFile(join(FOLDER, `${file}.yaml`), 'utf8');
  return roleSchema.parse(parse(text));
}

interface Account {
  name: string;
  namespace: string;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Of the account's own copy of a role: runs side by side take none from each other. */
const ownName = (account: Account, file: string) => `${account.name}-${file}`;

/** Gives a ServiceAccount the rules of a file: in a namespace, or everywhere. */
export async function bindRole(
  cluster: KubernetesClient,
  options: {
    file: string;
    account: Account;
    /** Undefined: a ClusterRoleBinding. */
    namespace?: string;
  },
): Promise<void> {
  const { file, account, namespace } = options;
  const name = ownName(account, file);
  await cluster.apply({ ...(await rbacRole(file)), metadata: { name } });
  await cluster.apply({
    apiVersion: RBAC,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name,
    },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}

/** Takes away what {@link bindRole} made outside of namespaces. */
export async function removeRoles(
  cluster: KubernetesClient,
  account: Account,
  files: readonly string[],
): Promise<void> {
  for (const file of files) {
    const name = ownName(account, file);
    for (const kind of ['ClusterRoleBinding', 'ClusterRole']) {
      await cluster.delete({ apiVersion: RBAC, kind, name });
    }
  }
}
