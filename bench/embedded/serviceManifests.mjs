import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../scripts/setup/paths.mjs';

const GOLDEN = join(
  root,
  'templates/sportsbook-autoscaled-service/golden/defaults/k8s',
);

/** Plurals of the kinds among the manifests. */
const PLURALS = {
  Deployment: 'deployments',
  PodDisruptionBudget: 'poddisruptionbudgets',
  Prometheus: 'prometheuses',
  Role: 'roles',
  RoleBinding: 'rolebindings',
  ScaledObject: 'scaledobjects',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  ServiceMonitor: 'servicemonitors',
};

/** Listens as the template's service does, on an image that needs no build. */
const PROGRAM = `
  process.on('SIGTERM', () => process.exit(0));
  require('node:http').createServer((request, response) => {
    response.end(request.url === '/metrics'
      ? '# TYPE http_server_requests_seconds_count counter\\nhttp_server_requests_seconds_count{uri="/api"} 1\\n'
      : 'ok');
  }).listen(8080);
`;

/**
 * What the template makes for a service: two replicas, their Prometheus, their
 * autoscaler.
 *
 * @returns `{path, body, object}` of each object, to be applied
 */
export function serviceManifests() {
  return readdirSync(GOLDEN)
    .filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .map(name => withoutBuild(parse(readFileSync(join(GOLDEN, name), 'utf8'))))
    .map(object => ({
      object,
      path: pathOf(object),
      body: JSON.stringify(object),
    }));
}

function withoutBuild(object) {
  if (object.kind !== 'Deployment') {
    return object;
  }
  const copy = structuredClone(object);
  for (const container of copy.spec.template.spec.containers) {
    container.image = 'node:22-slim';
    container.command = ['node', '-e', PROGRAM];
  }
  return copy;
}

function pathOf({ apiVersion, kind, metadata: { namespace, name } }) {
  const plural = PLURALS[kind];
  if (plural === undefined) {
    throw new Error(
      `the template makes a ${kind}, of which the measurement does not know the plural`,
    );
  }
  const base = apiVersion.includes('/') ? '/apis' : '/api';
  return `${base}/${apiVersion}/namespaces/${namespace}/${plural}/${name}`;
}
