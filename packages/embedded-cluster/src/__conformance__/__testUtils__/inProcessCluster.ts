import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects, WriteResult } from '../../ports/ClusterObjects';
import type { Cluster, Request } from './Cluster';
import { NAME, NAMESPACE } from './names';
import type { Answer, JsonRecord, Resource } from './Step';

/** Our objects without an API server before them. */
export function inProcessCluster(
  objects: ClusterObjects & { close(): void },
): Cluster {
  const key = { namespace: NAMESPACE, name: NAME };
  const typeOf = (apiVersion: string, kind: string): ResourceType => {
    const type = objects.typeOf(apiVersion, kind);
    if (!type) {
      throw new Error(`no kind ${kind} of ${apiVersion} is served`);
    }
    return type;
  };
  const create = (object: JsonRecord) =>
    objects.create(
      typeOf(String(object.apiVersion), String(object.kind)),
      asObject(object),
      { manager: 'setup' },
    );
  return {
    prepare: async (namespace, definition) => {
      create(namespace);
      create(definition);
    },
    get: async ({ apiVersion, kind }) =>
      answered(() => ({
        object: objects.get(typeOf(apiVersion, kind), key),
        created: false,
      })),
    send: async (resource, request) => answered(() => send(resource, request)),
    close: async () => objects.close(),
  };

  function send(resource: Resource, request: Request): WriteResult {
    const type = typeOf(resource.apiVersion, resource.kind);
    const { verb, manager, force, dryRun, fieldValidation, subresource } =
      request;
    const options = { manager, dryRun, fieldValidation, subresource };
    switch (verb) {
      case 'create':
        return objects.create(
          type,
          withNamespace(asObject(request.body)),
          options,
        );
      case 'replace':
        return objects.update(
          type,
          key,
          withNamespace(asObject(request.body)),
          options,
        );
      case 'delete': {
        const { object, gone } = objects.delete(type, key, {
          propagationPolicy: 'Background',
        });
        return {
          object: gone
            ? { ...object, kind: 'Status', status: 'Success' }
            : object,
          created: false,
        };
      }
      default:
        return objects.patch(
          type,
          key,
          { type: verb, body: request.body, force },
          options,
        );
    }
  }
}

function answered(act: () => WriteResult): Answer {
  try {
    const { object, created } = act();
    return { code: created ? 201 : 200, body: { ...object } };
  } catch (error) {
    if (error instanceof StatusError) {
      return { code: error.code, body: { ...error.toStatus() } };
    }
    throw error;
  }
}

/** As the API server does with the namespace of the URL. */
function withNamespace(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, namespace: NAMESPACE },
  };
}

/** A copy, with metadata even if the body has none, as the API server decodes it. */
function asObject(body: unknown): KubernetesObject {
  const object: JsonRecord = asRecord(JSON.parse(JSON.stringify(body ?? {})));
  return {
    ...object,
    apiVersion: String(object.apiVersion),
    kind: String(object.kind),
    metadata: { name: '', ...asRecord(object.metadata) },
  };
}

function asRecord(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
