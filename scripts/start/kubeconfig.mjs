import { existsSync, readFileSync } from 'node:fs';
import { SetupError } from '../setup/SetupError.mjs';

/**
 * Finds the one kubeconfig file that holds all named contexts.
 *
 * @param files candidates, in the order of KUBECONFIG
 * @param contexts at least one context that a person named
 * @param parseYaml the parser
 * @returns `{path, clusters: [{context, server, user}]}`
 * @throws SetupError that lists the known contexts
 */
export function findContexts(files, contexts, parseYaml) {
  const present = files.filter(file => existsSync(file));
  if (present.length === 0) {
    throw new SetupError(
      `There is no kubeconfig at ${files.join(
        ' or ',
      )}, so --cluster ${contexts.join(
        ' --cluster ',
      )} means nothing. Name one with --kubeconfig <file>.`,
    );
  }
  const parsed = present.map(path => readKubeconfig(path, parseYaml));
  const known = parsed.flatMap(({ entries }) => Object.keys(entries));
  const unknown = contexts.filter(context => !known.includes(context));
  if (unknown.length > 0) {
    throw new SetupError(
      `${present.join(', ')}: no context ${unknown
        .map(context => `"${context}"`)
        .join(', ')}. Known contexts: ${
        known.length > 0 ? known.join(', ') : 'none'
      }.`,
    );
  }
  const holder = parsed.find(({ entries }) =>
    contexts.every(context => context in entries),
  );
  if (!holder) {
    throw new SetupError(
      `The contexts ${contexts.join(
        ', ',
      )} are in different files of KUBECONFIG. Write them into one (kubectl config view --flatten --merge) and name it with --kubeconfig.`,
    );
  }
  return {
    path: holder.path,
    clusters: contexts.map(context => ({
      context,
      ...holder.entries[context],
    })),
  };
}

function readKubeconfig(path, parseYaml) {
  let content;
  try {
    content = parseYaml(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new SetupError(
      `${path} cannot be read as a kubeconfig: ${error.message}`,
    );
  }
  const servers = new Map(
    list(content.clusters).map(({ name, cluster }) => [name, cluster?.server]),
  );
  const entries = Object.fromEntries(
    list(content.contexts).map(({ name, context }) => [
      name,
      {
        server: servers.get(context?.cluster) ?? 'no server',
        user: context?.user ?? 'nobody',
      },
    ]),
  );
  return { path, entries };
}

function list(value) {
  return Array.isArray(value) ? value : [];
}
