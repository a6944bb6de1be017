import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type {
  ClusterObjects,
  ObjectKey,
  RepeatedKeys,
  WriteOptions,
} from '../../ports/ClusterObjects';
import type { Presenter } from '../answer/Presenter';
import { decodeObject } from '../request/decodeObject';
import type { ResourceExchange } from '../request/Exchange';
import { readBody } from '../request/readBody';
import { readPatch } from '../request/readPatch';
import { writeOptions } from '../request/writeOptions';
import { answerObject } from './answerObject';
import { SCALE_TYPE } from './scaleType';

interface Means {
  objects: ClusterObjects;
  presenter: Presenter;
}

type WrittenSubresource = NonNullable<WriteOptions['subresource']>;

export async function createObject(
  exchange: ResourceExchange,
  type: ResourceType,
  { objects, presenter }: Means,
): Promise<void> {
  const { request, address } = exchange;
  const body = await readBody(request);
  const options = writeOptions(exchange, 'CreateOptions');
  const object = inNamespace(
    decodeObject(body, request.headers['content-type'], type, {
      ...options,
      onRepeated: found => {
        options.repeated = found;
      },
      isRegistered: registeredIn(objects),
    }),
    type,
    address.namespace,
  );
  await answerObject(exchange, presenter, {
    type,
    object: objects.create(type, object, options).object,
    code: 201,
  });
}

export async function updateObject(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  { objects, presenter }: Means,
): Promise<void> {
  const { request } = exchange;
  const body = await readBody(request);
  const subresource = writtenSubresource(exchange);
  const shape = subresource === 'scale' ? SCALE_TYPE : type;
  const options = writeOptions(exchange, 'UpdateOptions');
  const object = inNamespace(
    decodeObject(body, request.headers['content-type'], shape, {
      ...options,
      // A Scale is not stored as it is sent.
      ...(subresource === 'scale'
        ? {}
        : {
            onRepeated: (found: RepeatedKeys) => {
              options.repeated = found;
            },
          }),
      isRegistered: registeredIn(objects),
    }),
    type,
    key.namespace,
  );
  checkName(object, key);
  const written = objects.update(type, key, object, {
    ...options,
    subresource,
  });
  await answerObject(exchange, presenter, {
    type: shape,
    object: written.object,
    code: written.created ? 201 : 200,
  });
}

export async function patchObject(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  { objects, presenter }: Means,
): Promise<void> {
  const body = await readBody(exchange.request);
  const subresource = writtenSubresource(exchange);
  const shape = subresource === 'scale' ? SCALE_TYPE : type;
  const patch = readPatch(exchange, shape, body);
  const options = writeOptions(exchange, 'PatchOptions');
  if (patch.applied) {
    checkName(patch.applied, key);
    inNamespace(patch.applied, type, key.namespace);
  }
  const written = objects.patch(type, key, patch.request, {
    ...options,
    subresource,
    repeated: patch.repeated,
  });
  await answerObject(exchange, presenter, {
    type: shape,
    object: written.object,
    code: written.created ? 201 : 200,
  });
}

function writtenSubresource({
  address,
}: ResourceExchange): WrittenSubresource | undefined {
  const { subresource } = address;
  return subresource === 'status' ||
    subresource === 'scale' ||
    subresource === 'finalize'
    ? subresource
    : undefined;
}

/** @throws StatusError 400 */
function inNamespace(
  object: KubernetesObject,
  type: ResourceType,
  namespace: string | undefined,
): KubernetesObject {
  if (!type.namespaced) {
    const { namespace: _none, ...metadata } = object.metadata;
    return { ...object, metadata };
  }
  const given = object.metadata.namespace;
  if (given !== undefined && given !== '' && given !== namespace) {
    throw StatusError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** @throws StatusError 400 */
function checkName({ metadata }: KubernetesObject, { name }: ObjectKey): void {
  if (metadata.name === '') {
    throw StatusError.badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (metadata.name !== name) {
    throw StatusError.badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
}

function registeredIn(objects: ClusterObjects) {
  return (apiVersion: string, kind: string) =>
    objects.typeOf(apiVersion, kind)?.custom === false;
}
