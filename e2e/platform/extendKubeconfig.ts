import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const named = z.object({ name: z.string() }).passthrough();
const kubeconfigSchema = z
  .object({
    clusters: z.array(named),
    users: z.array(named),
    contexts: z.array(
      named.extend({
        context: z.object({ cluster: z.string(), user: z.string() }),
      }),
    ),
  })
  .passthrough();

export interface FurtherContext {
  name: string;
  /** Of the user; undefined: the user of the context that is extended. */
  token?: string;
}

/**
 * Writes a kubeconfig with further contexts for the server of one context.
 *
 * @throws Error when the file has no such context
 */
export async function extendKubeconfig(options: {
  from: string;
  to: string;
  context: string;
  further: FurtherContext[];
}): Promise<void> {
  const kubeconfig = kubeconfigSchema.parse(
    parse(await readFile(options.from, 'utf8')),
  );
  const base = kubeconfig.contexts.find(({ name }) => name === options.context);
  if (base === undefined) {
    throw new Error(`${options.from} has no context '${options.context}'.`);
  }
  const { cluster, user } = base.context;
  const users = options.further.flatMap(({ name, token }) =>
    token === undefined ? [] : [{ name, user: { token } }],
  );
  const contexts = options.further.map(({ name, token }) => ({
    name,
    context: { cluster, user: token === undefined ? user : name },
  }));
  await writeFile(
    options.to,
    stringify({
      ...kubeconfig,
      users: [...kubeconfig.users, ...users],
      contexts: [...kubeconfig.contexts, ...contexts],
    }),
    { mode: 0o600 },
  );
}
