import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parse } from 'yaml';
import { z } from 'zod';

const PAGE = join(__dirname, '../../docs/how-to/deliver-by-flux.md');
const BLOCK = /^```yaml\n([^]*?)^```$/gm;

const roleSchema = z
  .object({
    apiVersion: z.literal('rbac.authorization.k8s.io/v1'),
    kind: z.literal('Role'),
    metadata: z.object({ name: z.string() }),
    rules: z.array(z.unknown()).min(1),
  })
  .passthrough();

/** The Role that docs/how-to/deliver-by-flux.md tells people to give to Flux. */
async function documentedRole(): Promise<z.infer<typeof roleSchema>> {
  const page = await readFile(PAGE, 'utf8');
  const found = [...page.matchAll(BLOCK)]
    .map(([, yaml]) => roleSchema.safeParse(parse(yaml)))
    .find(({ success }) => success);
  if (found?.data === undefined) {
    throw new Error(`${PAGE} shows no Role any more.`);
  }
  return found.data;
}

/**
 * An account in a namespace with the documented rights, and no others.
 *
 * @returns its name, and what makes it
 */
export async function deployerIn(
  namespace: string,
): Promise<{ name: string; objects: KubernetesObject[] }> {
  const role = await documentedRole();
  const { name } = role.metadata;
  const metadata = { name, namespace };
  return {
    name,
    objects: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      { ...role, metadata },
      {
        apiVersion: role.apiVersion,
        kind: 'RoleBinding',
        metadata,
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: role.kind,
          name,
        },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    ],
  };
}
