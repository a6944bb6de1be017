import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ApiServices } from '../ApiServerOptions';
import type { Presenter } from '../answer/Presenter';
import { representationOf } from '../answer/representation';
import { forwardPorts } from '../forwarding/forwardPorts';
import { proxyResource } from '../proxying/proxyResource';
import { readPodLog } from '../proxying/readPodLog';
import type { ResourceExchange } from '../request/Exchange';
import { answerObject } from './answerObject';
import { deleteCollection, deleteObject } from './deleteObjects';
import { deprecationOf } from './deprecationOf';
import { evictPod } from './evictPod';
import { issueServiceAccountToken } from './issueToken';
import { getObject, listObjects } from './readObjects';
import { methodNotAllowed, noSuchResource } from './refusals';
import { scaleOf } from '../../model/scale';
import { SCALE_TYPE } from './scaleType';
import { watchObjects } from './watchObjects';
import { createObject, patchObject, updateObject } from './writeObjects';

export type ResourceMeans = ApiServices & { presenter: Presenter };

/**
 * Serves one verb of a stored kind. Whether it is allowed has been asked.
 *
 * @throws StatusError
 */
export async function serveResource(
  exchange: ResourceExchange,
  type: ResourceType,
  means: ResourceMeans,
): Promise<void> {
  const { address, info, request } = exchange;
  const { name, namespace, subresource } = address;
  const deprecation = deprecationOf(type);
  if (deprecation !== undefined) {
    exchange.warn(deprecation);
  }
  if (type.namespaced && namespace === undefined) {
    if (name !== undefined && !['list', 'watch'].includes(info.verb)) {
      throw noSuchResource();
    }
    if (!['list', 'watch'].includes(info.verb)) {
      throw methodNotAllowed();
    }
  }
  if (
    !type.namespaced &&
    namespace !== undefined &&
    type.kind !== 'Namespace'
  ) {
    throw noSuchResource();
  }
  const key: ObjectKey = {
    name: name ?? '',
    ...(type.namespaced && namespace !== undefined ? { namespace } : {}),
  };
  if (subresource !== 'log' && subresource !== 'proxy') {
    // Refused before anything is written.
    representationOf(request.headers.accept);
  }
  if (subresource !== undefined) {
    await serveSubresource(exchange, type, key, means);
    return;
  }
  switch (info.verb) {
    case 'list':
      await listObjects(exchange, type, means);
      return;
    case 'watch':
      await watchObjects(exchange, type, means);
      return;
    case 'get':
      await getObject(exchange, type, key, means);
      return;
    case 'create':
      checkCollection(name === undefined && request.method === 'POST');
      await createObject(exchange, type, means);
      return;
    case 'update':
      checkNamed(name, type);
      await updateObject(exchange, type, key, means);
      return;
    case 'patch':
      checkNamed(name, type);
      await patchObject(exchange, type, key, means);
      return;
    case 'delete':
      await deleteObject(exchange, type, key, means);
      return;
    case 'deletecollection':
      checkCollection(type.verbs.includes('deletecollection'));
      await deleteCollection(exchange, type, means);
      return;
    default:
      throw methodNotAllowed();
  }
}

async function serveSubresource(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  means: ResourceMeans,
): Promise<void> {
  const { address, info, request } = exchange;
  const { subresource = '', rest } = address;
  const known = type.subresources.find(one => one === subresource);
  if (known === undefined || (rest !== undefined && known !== 'proxy')) {
    if (type.custom) {
      means.objects.get(type, key);
    }
    throw noSuchResource();
  }
  switch (known) {
    case 'log':
      checkCollection(info.verb === 'get');
      await readPodLog(exchange, type, means);
      return;
    case 'proxy':
      if (type.kind === 'Node') {
        throw StatusError.notImplemented(
          'has no kubelet to proxy to: read logs with kubectl logs',
        );
      }
      await proxyResource(exchange, type, means);
      return;
    case 'token':
      checkCollection(request.method === 'POST');
      await issueServiceAccountToken(exchange, type, means);
      return;
    case 'eviction':
      checkCollection(request.method === 'POST');
      await evictPod(exchange, type, means);
      return;
    case 'status':
    case 'scale':
    case 'finalize':
      await serveWritten(exchange, type, key, means);
      return;
    case 'binding':
      throw StatusError.notImplemented(
        'places pods itself: leave spec.nodeName out',
      );
    case 'portforward':
      await forwardPorts(exchange, type, means);
      return;
    default:
      throw StatusError.notImplemented(
        `cannot ${
          known === 'attach' ? 'attach to' : 'exec in'
        } containers: they are processes without a shell; read their logs instead`,
      );
  }
}

async function serveWritten(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  means: ResourceMeans,
): Promise<void> {
  const { address, info } = exchange;
  switch (info.verb) {
    case 'get': {
      checkCollection(address.subresource !== 'finalize');
      const object = means.objects.get(type, key);
      const scaled = address.subresource === 'scale';
      await answerObject(exchange, means.presenter, {
        type: scaled ? SCALE_TYPE : type,
        object: scaled ? scaleOf(type, object) : object,
      });
      return;
    }
    case 'update':
      await updateObject(exchange, type, key, means);
      return;
    case 'patch':
      checkCollection(address.subresource !== 'finalize');
      await patchObject(exchange, type, key, means);
      return;
    default:
      throw methodNotAllowed();
  }
}

/** @throws StatusError 405 */
function checkCollection(allowed: boolean): void {
  if (!allowed) {
    throw methodNotAllowed();
  }
}

/** @throws StatusError 400, 405 */
function checkNamed(name: string | undefined, type: ResourceType): void {
  if (name === undefined) {
    throw type.custom
      ? StatusError.badRequest('name must be provided')
      : methodNotAllowed();
  }
}
