import { Agent, request as send } from 'node:https';
import type { RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from './Cluster';
import { NAME, NAMESPACE } from './names';
import type { Answer, JsonRecord, Resource } from './Step';

const PATCH_TYPES: Readonly<Record<string, string>> = {
  apply: 'application/apply-patch+yaml',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};
const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  replace: 'PUT',
  delete: 'DELETE',
};
const SERVED_WITHIN_MILLISECONDS = 10_000;

/** Any cluster, through its API: a real one or ours. */
export async function httpCluster(kubeconfig: string): Promise<Cluster> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) {
    throw new Error(`${kubeconfig} names no cluster`);
  }
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const agent = new Agent({
    keepAlive: true,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
  });

  const call = (
    method: string,
    path: string,
    body?: unknown,
    contentType: string = 'application/json',
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = send(
        new URL(path, server),
        {
          method,
          agent,
          headers: {
            Accept: 'application/json',
            ...(body === undefined ? {} : { 'Content-Type': contentType }),
          },
        },
        response => {
          text(response)
            .then(answer =>
              resolve({
                code: response.statusCode ?? 0,
                body: parse(answer),
              }),
            )
            .catch(reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });

  return {
    prepare: async (namespace, definition) => {
      await call('POST', '/api/v1/namespaces', namespace);
      await call(
        'POST',
        '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
        definition,
      );
      await untilServed(() =>
        call('GET', '/apis/conformance.example.com/v1/widgets'),
      );
      // No Deployment of a sequence ever gets a pod.
      await call('POST', `/api/v1/namespaces/${NAMESPACE}/resourcequotas`, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'no-pods' },
        spec: { hard: { pods: '0' } },
      });
    },
    get: resource => call('GET', pathOf(resource)),
    send: (resource, { verb, body, ...request }) => {
      const query = new URLSearchParams({ fieldManager: request.manager });
      if (request.force) {
        query.set('force', 'true');
      }
      if (request.dryRun) {
        query.set('dryRun', 'All');
      }
      if (request.fieldValidation) {
        query.set('fieldValidation', request.fieldValidation);
      }
      if (verb === 'delete') {
        query.set('propagationPolicy', 'Background');
      }
      const path = pathOf(resource, verb === 'create' ? null : NAME);
      const endpoint = request.subresource
        ? `${path}/${request.subresource}`
        : path;
      return call(
        METHODS[verb] ?? 'PATCH',
        `${endpoint}?${query}`,
        body,
        PATCH_TYPES[verb],
      );
    },
    close: async () => agent.destroy(),
  };
}

function pathOf(
  { apiVersion, plural }: Resource,
  name: string | null = NAME,
): string {
  const base = apiVersion.includes('/') ? '/apis' : '/api';
  const collection = `${base}/${apiVersion}/namespaces/${NAMESPACE}/${plural}`;
  return name === null ? collection : `${collection}/${name}`;
}

async function untilServed(get: () => Promise<Answer>): Promise<void> {
  const end = Date.now() + SERVED_WITHIN_MILLISECONDS;
  for (;;) {
    const { code } = await get();
    if (code === 200) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(
        `the definition of the sequences is not served after ${SERVED_WITHIN_MILLISECONDS} ms: ${code}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function parse(answer: string): JsonRecord {
  try {
    return JSON.parse(answer);
  } catch {
    return { kind: 'Status', status: 'Failure', message: answer };
  }
}
