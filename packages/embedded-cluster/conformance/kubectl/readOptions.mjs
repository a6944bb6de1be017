import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const packageDirectory = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
);

/**
 * @param names - of all scenarios
 * @throws Error that names what is missing or unknown
 */
export function readOptions(args, names) {
  const { values } = parseArgs({
    args,
    options: {
      /** Kubeconfig of the real cluster, as its administrator. */
      reference: { type: 'string' },
      /** Kubeconfig of an embedded cluster that runs already. */
      embedded: { type: 'string' },
      /** Where the built cluster goes when this command builds it. */
      bundle: { type: 'string' },
      kubectl: { type: 'string', default: 'kubectl' },
      /** How the names of all namespaces begin. */
      prefix: { type: 'string', default: 'kubectl' },
      only: { type: 'string', multiple: true, default: [] },
      /** Also shows what is the same. */
      verbose: { type: 'boolean', default: false },
    },
  });
  if (values.reference === undefined) {
    throw new Error(
      'There is nothing to compare with: add --reference <kubeconfig of a real cluster>.',
    );
  }
  const unknown = values.only.find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no scenario ${unknown}. There are: ${names.join(', ')}.`,
    );
  }
  return {
    ...values,
    bundle: values.bundle ?? join(packageDirectory, 'dist', 'main.cjs'),
  };
}
