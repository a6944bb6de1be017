import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects, ObjectKey } from '../../ports/ClusterObjects';
import { includeObject } from '../answer/includeObject';
import type { Presenter } from '../answer/Presenter';
import { representationOf } from '../answer/representation';
import type { ResourceExchange } from '../request/Exchange';
import { listOptions } from '../request/listOptions';
import { answerObject, answerValue } from './answerObject';

export async function getObject(
  exchange: ResourceExchange,
  type: ResourceType,
  key: ObjectKey,
  { objects, presenter }: { objects: ClusterObjects; presenter: Presenter },
): Promise<void> {
  await answerObject(exchange, presenter, {
    type,
    object: objects.get(type, key),
  });
}

export async function listObjects(
  exchange: ResourceExchange,
  type: ResourceType,
  { objects, presenter }: { objects: ClusterObjects; presenter: Presenter },
): Promise<void> {
  const representation = representationOf(exchange.request.headers.accept);
  const answer = objects.list(type, listOptions(exchange));
  await answerValue(exchange, {
    representation,
    value: presenter.list(type, answer, {
      representation,
      includeObject: includeObject(exchange.query, representation),
    }),
  });
}
