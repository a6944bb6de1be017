import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects, ObjectKey } from '../../ports/ClusterObjects';
import type { Presenter } from '../answer/Presenter';
import { PLAIN, representationOf } from '../answer/representation';
import type { ResourceExchange } from '../request/Exchange';
import { selection } from '../request/listOptions';
import { readBody } from '../request/readBody';
import { readDeleteOptions } from '../request/deleteOptions';
import { answerObject, answerValue } from './answerObject';

interface Means {
  objects: ClusterObjects;
  presenter: Presenter;
}

/** Kinds of the core group whose deletion answers what was deleted; the others' answers a Status. */
const RETURN_THE_DELETED = new Set([
  'Pod',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'ResourceQuota',
]);

export async function deleteObject(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  { objects, presenter }: Means,
): Promise<void> {
  const options = readDeleteOptions(exchange, await readBody(exchange.request));
  const { object, gone } = objects.delete(type, key, options);
  if (
    !gone ||
    (type.group === '' && !type.custom && RETURN_THE_DELETED.has(type.kind))
  ) {
    await answerObject(exchange, presenter, { type, object });
    return;
  }
  await answerValue(exchange, {
    representation: PLAIN,
    value: deletedStatus(type, object),
  });
}

/** Deletes what a list would show, one after the other, as a real server does. */
export async function deleteCollection(
  exchange: ResourceExchange,
  type: ResourceType,
  { objects, presenter }: Means,
): Promise<void> {
  const options = readDeleteOptions(exchange, await readBody(exchange.request));
  const representation = representationOf(exchange.request.headers.accept);
  const listed = objects.list(type, selection(exchange));
  const items: KubernetesObject[] = [];
  for (const { metadata } of listed.items) {
    const { name, namespace } = metadata;
    try {
      items.push(
        objects.delete(
          type,
          { name, ...(namespace === undefined ? {} : { namespace }) },
          options,
        ).object,
      );
    } catch (error) {
      // Gone in the meantime is what was wanted.
      if (!(error instanceof StatusError) || error.code !== 404) {
        throw error;
      }
    }
  }
  await answerValue(exchange, {
    representation,
    value: presenter.list(
      type,
      { items, resourceVersion: objects.resourceVersion() },
      { representation },
    ),
  });
}

function deletedStatus(type: ResourceType, object: KubernetesObject): unknown {
  const { name, uid } = object.metadata;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(type.group === '' ? {} : { group: type.group }),
      kind: type.plural,
      uid,
    },
  };
}
