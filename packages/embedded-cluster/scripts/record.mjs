/**
 * Records from a real cluster what `src/schema` reads: the OpenAPI documents
 * of the groups that the embedded cluster serves, and one compact table of the
 * types in them. Run it again for a newer Kubernetes:
 *
 *   KUBECONFIG=... node scripts/record.mjs
 *
 * It needs kubectl on the PATH and writes nothing but `recorded/`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzipSync } from 'node:zlib';

const run = promisify(execFile);
const recorded = join(import.meta.dirname, '../recorded');

/** Resources that the embedded cluster has, by the path of their group and version. */
const SERVED = {
  'api/v1': [
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'pods',
    'replicationcontrollers',
    'resourcequotas',
    'secrets',
    'serviceaccounts',
    'services',
  ],
  'apis/admissionregistration.k8s.io/v1': [
    'mutatingwebhookconfigurations',
    'validatingwebhookconfigurations',
  ],
  'apis/apiextensions.k8s.io/v1': ['customresourcedefinitions'],
  'apis/apiregistration.k8s.io/v1': ['apiservices'],
  'apis/apps/v1': ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  'apis/authentication.k8s.io/v1': ['selfsubjectreviews', 'tokenreviews'],
  'apis/authorization.k8s.io/v1': [
    'localsubjectaccessreviews',
    'selfsubjectaccessreviews',
    'selfsubjectrulesreviews',
    'subjectaccessreviews',
  ],
  'apis/autoscaling/v2': ['horizontalpodautoscalers'],
  'apis/batch/v1': ['cronjobs', 'jobs'],
  'apis/coordination.k8s.io/v1': ['leases'],
  'apis/discovery.k8s.io/v1': ['endpointslices'],
  'apis/networking.k8s.io/v1': ['ingresses', 'networkpolicies'],
  'apis/policy/v1': ['poddisruptionbudgets'],
  'apis/rbac.authorization.k8s.io/v1': [
    'clusterrolebindings',
    'clusterroles',
    'rolebindings',
    'roles',
  ],
};

const REF = '#/components/schemas/';

async function read(path) {
  const { stdout } = await run('kubectl', ['get', '--raw', path], {
    maxBuffer: 64 << 20,
  });
  return JSON.parse(stdout);
}

/** Names of all definitions that the value leads to, itself not included. */
function definitionsIn(value, schemas, found = new Set()) {
  for (const [, name] of JSON.stringify(value).matchAll(
    /"\$ref":"#\/components\/schemas\/([^"]+)"/g,
  )) {
    if (!found.has(name)) {
      found.add(name);
      definitionsIn(schemas[name], schemas, found);
    }
  }
  return found;
}

/** `api/v1/namespaces/{namespace}/pods/{name}/log` is of `pods`. */
function resourceOfPath(path, base) {
  const parts = path
    .slice(base.length + 1)
    .split('/')
    .filter(part => part !== '' && part !== 'watch');
  if (parts[0] === 'namespaces' && parts[1] === '{namespace}' && parts[2]) {
    return parts[2];
  }
  return parts[0];
}

/** The document without the resources that the embedded cluster lacks. */
function trim(document, base, resources) {
  const paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => {
      const resource = resourceOfPath(path, `/${base}`);
      return resource === undefined || resources.includes(resource);
    }),
  );
  const { schemas } = document.components;
  const used = definitionsIn(paths, schemas);
  return {
    ...document,
    paths,
    components: {
      ...document.components,
      schemas: Object.fromEntries(
        Object.entries(schemas).filter(([name]) => used.has(name)),
      ),
    },
  };
}

/** A schema without its prose, which only `kubectl explain` reads, from the documents. */
function withoutProse(value, isProperties = false) {
  if (Array.isArray(value)) {
    return value.map(item => withoutProse(item));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isProperties || key !== 'description')
      .map(([key, child]) => [
        key,
        withoutProse(child, key === 'properties' && !isProperties),
      ]),
  );
}

function compress(text) {
  return gzipSync(text, { level: constants.Z_BEST_COMPRESSION });
}

await rm(join(recorded, 'openapi-v3'), { recursive: true, force: true });
await mkdir(join(recorded, 'openapi-v3'), { recursive: true });

const documents = {};
const resources = [];
const schemas = {};
for (const [base, names] of Object.entries(SERVED)) {
  const [discovery, whole] = await Promise.all([
    read(`/${base}`),
    read(`/openapi/v3/${base}`),
  ]);
  const document = trim(whole, base, names);
  const text = JSON.stringify(document);
  const file = `${base.replaceAll('/', '_')}.json.gz`;
  await writeFile(join(recorded, 'openapi-v3', file), compress(text));
  documents[base] = {
    file,
    // What the real server sends too: it names the bytes, for clients' caches.
    hash: createHash('sha512').update(text).digest('hex').toUpperCase(),
  };

  const all = document.components.schemas;
  const definitionOf = new Map(
    Object.entries(all).flatMap(([name, schema]) =>
      (schema['x-kubernetes-group-version-kind'] ?? []).map(of => [
        `${of.group}/${of.version}/${of.kind}`,
        name,
      ]),
    ),
  );
  const [group, version] = base.startsWith('apis/')
    ? base.split('/').slice(1)
    : ['', 'v1'];
  for (const resource of discovery.resources) {
    const [plural, subresource] = resource.name.split('/');
    if (!names.includes(plural)) {
      continue;
    }
    if (subresource) {
      resources
        .find(one => one.group === group && one.plural === plural)
        .subresources.push(subresource);
      continue;
    }
    const definition = definitionOf.get(`${group}/${version}/${resource.kind}`);
    resources.push({
      group,
      version,
      kind: resource.kind,
      plural,
      singular: resource.singularName,
      namespaced: resource.namespaced,
      verbs: resource.verbs,
      shortNames: resource.shortNames ?? [],
      categories: resource.categories ?? [],
      subresources: [],
      definition,
    });
    for (const name of [
      definition,
      ...definitionsIn({ $ref: `${REF}${definition}` }, all),
    ]) {
      schemas[name] = withoutProse(all[name]);
    }
  }
}

// The body of the scale subresource, which no resource of ours is.
const apps = await read('/openapi/v3/apis/apps/v1');
const scale = 'io.k8s.api.autoscaling.v1.Scale';
for (const name of [
  scale,
  ...definitionsIn({ $ref: `${REF}${scale}` }, apps.components.schemas),
]) {
  schemas[name] = withoutProse(apps.components.schemas[name]);
}

const types = {
  server: await read('/version'),
  documents,
  resources,
  schemas,
};
await writeFile(
  join(recorded, 'types.json.gz'),
  compress(JSON.stringify(types)),
);
console.log(
  `${resources.length} resources of ${types.server.gitVersion}, ${
    Object.keys(schemas).length
  } definitions`,
);
