import type { VirtualResource } from '../../ports/VirtualResource';
import { representationOf } from '../answer/representation';
import { decodeObject } from '../request/decodeObject';
import type { ResourceExchange } from '../request/Exchange';
import { readBody } from '../request/readBody';
import { writeOptions } from '../request/writeOptions';
import { answerValue } from './answerObject';

/** Answers a review: what is created is stored nowhere. */
export async function createVirtual(
  exchange: ResourceExchange,
  { type, create }: VirtualResource,
): Promise<void> {
  const { request, address, user } = exchange;
  const body = await readBody(request);
  const options = writeOptions(exchange, 'CreateOptions');
  const object = decodeObject(
    body,
    request.headers['content-type'],
    type,
    options,
  );
  const answer = await create(object, {
    user,
    ...(address.namespace === undefined
      ? {}
      : { namespace: address.namespace }),
  });
  // What is stored nowhere has no name, and shows none.
  const { name, ...shown } = answer.metadata;
  await answerValue(exchange, {
    representation: representationOf(request.headers.accept),
    code: 201,
    value: { ...answer, metadata: name === '' ? shown : answer.metadata },
  });
}
