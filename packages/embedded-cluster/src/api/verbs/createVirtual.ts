import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { VirtualResource } from '../../ports/VirtualResource';
import type { Presenter } from '../answer/Presenter';
import { decodeObject } from '../request/decodeObject';
import type { ResourceExchange } from '../request/Exchange';
import { readBody } from '../request/readBody';
import { writeOptions } from '../request/writeOptions';
import { answerObject } from './answerObject';

/** Answers a review: what is created is stored nowhere. */
export async function createVirtual(
  exchange: ResourceExchange,
  { type, create }: VirtualResource,
  { presenter }: { presenter: Presenter },
): Promise<void> {
  const { request, address, user } = exchange;
  const body = await readBody(request);
  const warnings: string[] = [];
  const options = writeOptions(exchange, 'CreateOptions', text =>
    warnings.push(text),
  );
  const { metadata, ...object } = decodeObject(
    body,
    request.headers['content-type'],
    type,
    options,
  );
  const answer = await create(
    { ...object, metadata },
    {
      user,
      ...(address.namespace === undefined
        ? {}
        : { namespace: address.namespace }),
    },
  );
  await answerObject(exchange, presenter, {
    type,
    object: nameless(answer),
    code: 201,
    warnings,
  });
}

/** What is stored nowhere has no name, and shows none. */
function nameless(object: KubernetesObject): KubernetesObject {
  if (object.metadata.name !== '') {
    return object;
  }
  const { name: _none, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as KubernetesObject['metadata'] };
}
