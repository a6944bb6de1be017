import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { WatchEvent, WatchRequest } from '../../ports/ClusterObjects';
import { selectionOf } from '../selecting/selectionOf';
import type { StoreEvent } from '../store/EventLog';
import type { ObjectStore } from '../store/ObjectStore';
import { inVersion, resourceOf } from '../types/TypeRegistry';
import { readResourceVersion } from './resourceVersions';

/** WATCH. @returns what ends it */
export function watchObjects(
  store: ObjectStore,
  type: ResourceType,
  request: WatchRequest,
  send: (event: WatchEvent) => void,
): () => void {
  const selected = selectionOf(type, request);
  const namespace = type.namespaced ? request.namespace : undefined;
  const apiVersion = apiVersionOf(type);
  const resource = resourceOf(type);
  const matches = (object: KubernetesObject | undefined): boolean =>
    object !== undefined &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    selected(object);
  const forward = (event: StoreEvent): void => {
    const before = matches(event.previous);
    const after = !event.removed && matches(event.object);
    if (before || after) {
      send(watchEvent(event, before, after, apiVersion));
    }
  };

  const version = readResourceVersion(request.resourceVersion);
  const fromNow = version === undefined || version === 0;
  const past = fromNow ? [] : store.eventsAfter(version);
  if (!past) {
    throw new StatusError({
      code: 410,
      reason: 'Expired',
      message: `too old resource version: ${version} (${store.oldestVersion()})`,
    });
  }
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  // What is sent first must come before what `send` itself may write.
  const waiting: StoreEvent[] = [];
  let caughtUp = false;
  const unsubscribe = store.subscribe(resource, event => {
    if (caughtUp) {
      forward(event);
    } else {
      waiting.push(event);
    }
  });
  if (fromNow || request.sendInitialEvents) {
    const present = store.version();
    for (const object of store.list(resource, namespace)) {
      if (!ended && matches(object)) {
        send({ type: 'ADDED', object: inVersion(object, apiVersion) });
      }
    }
    if (request.sendInitialEvents) {
      send(initialEventsEnd(type, apiVersion, present));
    }
  } else {
    past.filter(event => event.resource === resource).forEach(forward);
  }
  for (let event = waiting.shift(); event; event = waiting.shift()) {
    forward(event);
  }
  caughtUp = true;
  return () => {
    end();
    unsubscribe();
  };
}

function watchEvent(
  { object, previous }: StoreEvent,
  before: boolean,
  after: boolean,
  apiVersion: string,
): WatchEvent {
  if (after) {
    return {
      type: before ? 'MODIFIED' : 'ADDED',
      object: inVersion(object, apiVersion),
    };
  }
  // Whoever watches knows the object as it last matched.
  const last = previous ?? object;
  return {
    type: 'DELETED',
    object: inVersion(
      {
        ...last,
        metadata: {
          ...last.metadata,
          resourceVersion: object.metadata.resourceVersion,
        },
      },
      apiVersion,
    ),
  };
}

function initialEventsEnd(
  type: ResourceType,
  apiVersion: string,
  version: number,
): WatchEvent {
  return {
    type: 'BOOKMARK',
    object: {
      kind: type.kind,
      apiVersion,
      metadata: {
        name: '',
        resourceVersion: String(version),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
    },
  };
}
