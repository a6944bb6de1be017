import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/setup/paths.mjs';
import { runProcess } from './runProcess.mjs';

const CONTEXT = 'bench';
const ESTABLISHED = '60s';

/**
 * Who applies: each has `apply(work, {again})`, which resolves with
 * `{seconds, peakMB?}`.
 *
 * A work is `{definitions?, rest}`, both `{objects, file}`.
 *
 * @param options.kubeconfig with a context named `bench`
 * @param options.scratch a folder for what is built
 * @param options.namespace of objects that name none
 */
export async function prepareTools({
  cluster,
  kubeconfig,
  scratch,
  namespace,
}) {
  const program = join(scratch, 'cli');
  await runProcess(process.execPath, [
    join(root, 'packages/cli/scripts/bundle.mjs'),
    program,
  ]);
  const library = await loadLibrary(scratch);
  return {
    kubectl: kubectl(kubeconfig),
    cli: cli({ program, kubeconfig, namespace }),
    library: inProcess({ library, kubeconfig, namespace }),
    floor: rawRequests(cluster),
  };
}

/** With a step of its own for definitions, which have to be served before anything of their kinds. */
export function kubectl(kubeconfig) {
  const run = args =>
    runProcess('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  const apply = files => run(['apply', '--server-side', ...files]);
  return {
    async apply({ definitions, rest }, { again }) {
      if (definitions === undefined) {
        return apply(['-f', rest.file]);
      }
      if (again) {
        return apply(['-f', definitions.file, '-f', rest.file]);
      }
      const steps = [
        await apply(['-f', definitions.file]),
        await run([
          ...['wait', '--for=condition=Established'],
          ...[`--timeout=${ESTABLISHED}`, '-f', definitions.file],
        ]),
        await apply(['-f', rest.file]),
      ];
      return {
        seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0),
        peakMB: Math.max(...steps.map(({ peakMB }) => peakMB ?? 0)),
      };
    },
  };
}

export function cli({ program, kubeconfig, namespace }) {
  return {
    apply: ({ definitions, rest }) =>
      runProcess(process.execPath, [
        ...[join(program, 'main.cjs'), 'apply'],
        ...['--kubeconfig', kubeconfig, '--context', CONTEXT],
        ...['-n', namespace],
        ...(definitions === undefined ? [] : ['-f', definitions.file]),
        ...['-f', rest.file],
      ]),
  };
}

/** In a process that runs already, as in Backstage; from the text of the files on. */
function inProcess({ library, kubeconfig, namespace }) {
  return {
    async apply({ definitions, rest }) {
      const begin = performance.now();
      const { client, close } = await library.kubeConfigClient({
        kubeconfigPath: kubeconfig,
        context: CONTEXT,
      });
      try {
        await library.applyManifests({
          client,
          namespace,
          manifests: library.readManifests(
            [definitions, rest]
              .filter(part => part !== undefined)
              .map(({ file }) => ({
                path: file,
                text: readFileSync(file, 'utf8'),
              })),
          ),
        });
      } finally {
        close();
      }
      return { seconds: (performance.now() - begin) / 1_000 };
    },
  };
}

/** The floor: one request for each object, and waiting for the definitions; nothing is checked or compared. */
function rawRequests(cluster) {
  return {
    async apply({ definitions, rest }, { again }) {
      const begin = performance.now();
      if (definitions !== undefined) {
        await cluster.applyAll(definitions.objects);
        if (!again) {
          await cluster.established(definitions.objects);
        }
      }
      // What lies in a namespace comes after it.
      const isNamespace = ({ kind }) => kind === 'Namespace';
      await cluster.applyAll(rest.objects.filter(isNamespace));
      await cluster.applyAll(rest.objects.filter(one => !isNamespace(one)));
      return { seconds: (performance.now() - begin) / 1_000 };
    },
  };
}

async function loadLibrary(scratch) {
  const outfile = join(scratch, 'library.cjs');
  await build({
    stdin: {
      contents:
        "export { applyManifests, kubeConfigClient, readManifests } from '@sportsbook/plugin-sportsbook-scaling-node';",
      resolveDir: join(root, 'packages/cli'),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}
