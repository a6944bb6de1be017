/**
 * Speed and memory of applying, beside kubectl and beside raw requests, on a
 * real cluster:
 *
 *   npm run bench -- apply --kubeconfig <file> \
 *     --release <Prometheus operator's bundle.yaml> --release <KEDA's yaml>
 *
 * Definitions are applied as copies in API groups of their own, all else in a
 * namespace of its own: what runs on the cluster is left alone.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { configMap } from '../embedded/configMap.mjs';
import { Cluster } from './Cluster.mjs';
import { copyReleases } from './copyReleases.mjs';
import { CountingProxy } from './CountingProxy.mjs';
import { readOptions } from './options.mjs';
import { reportFigures } from './reportFigures.mjs';
import { cli, kubectl, prepareTools } from './Tools.mjs';

const options = readOptions(process.argv.slice(2));
const own = {
  namespace: `bench-apply-${process.pid}`,
  suffix: `bench-${process.pid}.example`,
};
const scratch = mkdtempSync(join(tmpdir(), 'bench-apply-'));
const cluster = new Cluster(options.kubeconfig);

try {
  const works = await makeWorks();
  const kubeconfig = writeKubeconfig('kubeconfig', userOf(cluster.access));
  const tools = await prepareTools({
    cluster,
    kubeconfig,
    scratch,
    namespace: own.namespace,
  });
  const found = {};
  try {
    for (const [name, work] of Object.entries(works)) {
      found[name] = await measure(name, work, tools);
      found[name].requests = await countRequests(work);
    }
  } finally {
    await cluster.remove([
      ...Object.values(works).flatMap(objectsOf),
      ownNamespace(),
    ]);
  }
  reportFigures({ rounds: options.rounds, found });
} finally {
  cluster.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** All tools in each round, so that all see the same machine. */
async function measure(name, work, tools) {
  const figures = { objects: objectsOf(work).length };
  for (let round = 0; round < options.rounds; round++) {
    for (const [tool, { apply }] of Object.entries(tools)) {
      await cluster.remove(objectsOf(work));
      await prepareNamespace(work);
      const of = (figures[tool] ??= { fresh: [], again: [] });
      const fresh = await apply(work, { again: false });
      const again = await apply(work, { again: true });
      of.fresh.push(fresh);
      of.again.push(again);
      process.stderr.write(
        `${name}, round ${round + 1} of ${
          options.rounds
        }, ${tool}: ${fresh.seconds.toFixed(
          2,
        )} s, again ${again.seconds.toFixed(2)} s\n`,
      );
    }
  }
  return figures;
}

/** In a run of its own: the proxy in between takes time. */
async function countRequests(work) {
  const proxy = new CountingProxy(cluster.access);
  try {
    const kubeconfig = writeKubeconfig('counted', {
      server: await proxy.listen(),
      // Plain HTTP is refused otherwise.
      'insecure-skip-tls-verify': true,
    });
    const counted = {
      kubectl: kubectl(kubeconfig),
      cli: cli({
        program: join(scratch, 'cli'),
        kubeconfig,
        namespace: own.namespace,
      }),
    };
    const counts = {};
    for (const [tool, { apply }] of Object.entries(counted)) {
      await cluster.remove(objectsOf(work));
      await prepareNamespace(work);
      await apply(work, { again: false });
      const fresh = proxy.take();
      await apply(work, { again: true });
      counts[tool] = { fresh, again: proxy.take() };
    }
    return counts;
  } finally {
    proxy.close();
  }
}

/** For a work that does not bring its namespace. */
async function prepareNamespace({ rest }) {
  if (!rest.objects.some(({ kind }) => kind === 'Namespace')) {
    await cluster.applyAll([ownNamespace()]);
  }
}

function ownNamespace() {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: own.namespace },
  };
}

function objectsOf({ definitions, rest }) {
  return [...(definitions?.objects ?? []), ...rest.objects];
}

async function makeWorks() {
  const makers = { releases: copiedReleases, configMaps };
  const made = options.works.map(async name => [name, await makers[name]()]);
  return Object.fromEntries(await Promise.all(made));
}

async function copiedReleases() {
  const texts = await Promise.all(options.releases.map(readRelease));
  const released = texts.flatMap(text =>
    parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(object => object !== null),
  );
  const { definitions, rest } = copyReleases(released, own);
  return {
    definitions: written('definitions.yaml', definitions),
    rest: written('rest.yaml', rest),
  };
}

function configMaps() {
  const objects = Array.from({ length: options.configMaps }, (_, index) =>
    JSON.parse(configMap(own.namespace, `bench-${index}`, 1)),
  );
  return { rest: written('config-maps.yaml', objects) };
}

async function readRelease(source) {
  if (!/^https?:/.test(source)) {
    return readFileSync(source, 'utf8');
  }
  const response = await fetch(source);
  if (!response.ok) {
    throw new Error(`${source}: ${response.status} ${response.statusText}`);
  }
  return response.text();
}

function written(name, objects) {
  const file = join(scratch, name);
  writeFileSync(
    file,
    objects.map(object => stringify(object, { lineWidth: 0 })).join('---\n'),
  );
  return { objects, file };
}

function userOf({ server, ca, cert, key }) {
  const inBase64 = bytes => Buffer.from(bytes).toString('base64');
  return {
    server,
    'certificate-authority-data': inBase64(ca),
    user: {
      'client-certificate-data': inBase64(cert),
      'client-key-data': inBase64(key),
    },
  };
}

/** With one context, named `bench`. */
function writeKubeconfig(name, { user = {}, ...server }) {
  const file = join(scratch, name);
  writeFileSync(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'bench', cluster: server }],
      users: [{ name: 'bench', user }],
      contexts: [
        { name: 'bench', context: { cluster: 'bench', user: 'bench' } },
      ],
      'current-context': 'bench',
    }),
    { mode: 0o600 },
  );
  return file;
}
