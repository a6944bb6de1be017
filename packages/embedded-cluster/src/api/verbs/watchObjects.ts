import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Clock } from '../../model/Clock';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects, WatchEvent } from '../../ports/ClusterObjects';
import { includeObject } from '../answer/includeObject';
import type { Presenter } from '../answer/Presenter';
import { representationOf } from '../answer/representation';
import type { ResourceExchange } from '../request/Exchange';
import {
  checkInitialEvents,
  listOptions,
  watchOptions,
} from '../request/listOptions';
import { EventStream } from './EventStream';
import { LastSerialized } from './LastSerialized';

/** A watch that nobody limits ends after 30 to 60 minutes, so that clients spread over time. */
const SHORTEST_DEFAULT_SECONDS = 1800;
const BOOKMARK_EVERY_MILLISECONDS = 50_000;

const serialized = new LastSerialized();

/**
 * Streams events as JSON lines until the client goes, the time is up, the kind
 * is no longer served, or the server closes.
 *
 * @throws StatusError before the first byte; later it is an event
 */
export async function watchObjects(
  exchange: ResourceExchange,
  type: ResourceType,
  means: { objects: ClusterObjects; presenter: Presenter; clock: Clock },
): Promise<void> {
  const { objects, clock } = means;
  const { query, response } = exchange;
  const line = lineWriter(exchange, type, means.presenter);
  checkInitialEvents(query);
  const {
    limit: _limit,
    continueToken: _token,
    ...asked
  } = listOptions(exchange);
  const options = watchOptions(exchange);
  const fromNow = !asked.resourceVersion || asked.resourceVersion === '0';

  const over = new AbortController();
  const end = () => over.abort();
  const gone = exchange.untilGone();
  gone.addEventListener('abort', end);
  if (gone.aborted) {
    end();
  }
  const stream = new EventStream(response, { onTooSlow: end });
  const send = (event: WatchEvent) => {
    if (event.type !== 'BOOKMARK' || options.bookmarks) {
      stream.write(line(event));
    }
  };
  const bookmark = () => send(bookmarkAt(type, objects.resourceVersion()));

  const cancel = [
    clock.after(
      1000 *
        (options.timeoutSeconds ??
          SHORTEST_DEFAULT_SECONDS * (1 + Math.random())),
      () => {
        bookmark();
        end();
      },
    ),
    () => gone.removeEventListener('abort', end),
    objects.onTypesChanged(() => {
      if (!objects.typeAt(type.group, type.version, type.plural)) {
        end();
      }
    }),
    ...(options.bookmarks
      ? [repeat(clock, BOOKMARK_EVERY_MILLISECONDS, bookmark)]
      : []),
  ];
  try {
    stream.start();
    cancel.push(
      objects.watch(
        type,
        {
          ...asked,
          // A client of bookmarks that starts from now is told when it has all there is.
          sendInitialEvents:
            options.sendInitialEvents || (options.bookmarks && fromNow),
        },
        send,
      ),
    );
    await aborted(over.signal);
  } catch (error) {
    if (!(error instanceof StatusError)) {
      response.destroy();
      throw error;
    }
    stream.write(
      `${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`,
    );
  } finally {
    cancel.forEach(one => one());
    stream.end();
  }
}

/** Writes events in the form that the client asked for. */
function lineWriter(
  { query, request }: ResourceExchange,
  type: ResourceType,
  presenter: Presenter,
): (event: WatchEvent) => string {
  const asked = representationOf(request.headers.accept);
  const include = includeObject(query, asked);
  if (asked.as === 'object') {
    return ({ type: event, object }) =>
      `{"type":"${event}","object":${
        event === 'BOOKMARK'
          ? JSON.stringify(nameless(object))
          : serialized.of(object)
      }}\n`;
  }
  let columns = true;
  return ({ type: event, object }) => {
    const presented = presenter.object(type, object, {
      representation:
        asked.as === 'partialList' ? { ...asked, as: 'partial' } : asked,
      includeObject: include,
      columns,
    });
    columns = false;
    return `${JSON.stringify({ type: event, object: presented })}\n`;
  };
}

function bookmarkAt(type: ResourceType, resourceVersion: string): WatchEvent {
  return {
    type: 'BOOKMARK',
    object: {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: { name: '', resourceVersion },
    },
  };
}

/** A bookmark is about a version, not about an object. */
function nameless({ kind, apiVersion, metadata }: KubernetesObject): unknown {
  const { name: _name, ...rest } = metadata;
  return { kind, apiVersion, metadata: rest };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
    } else {
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}

function repeat(
  clock: Clock,
  milliseconds: number,
  action: () => void,
): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.after(milliseconds, () => {
      action();
      next();
    });
  };
  next();
  return () => cancel();
}
