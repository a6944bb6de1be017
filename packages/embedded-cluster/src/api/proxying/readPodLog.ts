import type { ServerResponse } from 'node:http';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { LogRequest, PodLogs } from '../../ports/PodLogs';
import { commonHeaders } from '../answer/send';
import type { ResourceExchange } from '../request/Exchange';
import { readInteger } from '../request/listOptions';
import { isTrue } from '../request/requestInfo';

/** `GET .../pods/<name>/log`: text, as it comes. */
export async function readPodLog(
  exchange: ResourceExchange,
  type: ResourceType,
  { objects, podLogs }: { objects: ClusterObjects; podLogs: PodLogs },
): Promise<void> {
  const { address, query, response } = exchange;
  const signal = exchange.untilGone();
  const { namespace = '', name = '' } = address;
  const asked = logRequest(namespace, name, query);
  objects.get(type, { namespace, name });
  const chunks = podLogs.read(asked, signal)[Symbol.asyncIterator]();
  // The first piece tells whether it is a refusal, which has a body of its own.
  let next = await chunks.next();
  response.writeHead(200, { ...commonHeaders(), 'Content-Type': 'text/plain' });
  response.flushHeaders();
  try {
    while (!next.done && !signal.aborted) {
      if (!response.write(next.value)) {
        await drained(response, signal);
      }
      next = await chunks.next();
    }
  } catch (error) {
    if (!signal.aborted) {
      response.destroy();
      throw error;
    }
  } finally {
    await chunks.return?.(undefined);
    response.end();
  }
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** @throws StatusError 400, 422 */
function logRequest(
  namespace: string,
  pod: string,
  query: URLSearchParams,
): LogRequest {
  const invalid = (field: string, reason: string, message: string) =>
    StatusError.invalid({ group: '', kind: 'PodLogOptions' }, pod, [
      { reason, message, field },
    ]);
  const atLeast = (field: string, minimum: number): number | undefined => {
    const value = readInteger(query.get(field));
    if (value !== undefined && value < minimum) {
      throw invalid(
        field,
        'FieldValueInvalid',
        `Invalid value: ${value}: must be greater than ${
          minimum === 0 ? 'or equal to 0' : '0'
        }`,
      );
    }
    return value;
  };
  const tailLines = atLeast('tailLines', 0);
  const sinceSeconds = atLeast('sinceSeconds', 1);
  const limitBytes = atLeast('limitBytes', 1);
  const sinceTime = query.get('sinceTime') ?? '';
  const container = query.get('container') ?? '';
  if (sinceSeconds !== undefined && sinceTime !== '') {
    throw invalid(
      '[]',
      'FieldValueForbidden',
      'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    );
  }
  if (sinceTime !== '' && Number.isNaN(Date.parse(sinceTime))) {
    throw StatusError.badRequest(
      `parsing time ${JSON.stringify(
        sinceTime,
      )} as "2006-01-02T15:04:05Z07:00": cannot parse it`,
    );
  }
  return {
    namespace,
    pod,
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    follow: isTrue(query.get('follow')),
    ...(container === '' ? {} : { container }),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(sinceTime === '' ? {} : { sinceTime }),
  };
}
