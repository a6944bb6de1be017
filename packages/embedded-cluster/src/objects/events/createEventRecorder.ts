import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp, type Clock } from '../../model/Clock';
import { NODE_NAME } from '../../model/names';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventRecorder, EventToRecord } from '../../ports/EventRecorder';

/** Equal events within this time are counted up. */
const SAME_EVENT_MILLISECONDS = 10 * 60_000;
/** Known events beyond this number are forgotten, the oldest first. */
const KNOWN_EVENTS = 4_096;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

interface KnownEvent {
  namespace: string;
  name: string;
  count: number;
  lastMilliseconds: number;
}

/**
 * Writes what happens to objects as Events beside them. What cannot be
 * recorded, because the namespace is going, is not: an event is never a reason
 * to fail.
 */
export function createEventRecorder({
  objects,
  clock,
}: {
  objects: ClusterObjects;
  clock: Clock;
}): EventRecorder {
  const known = new Map<string, KnownEvent>();
  let lastNanoseconds = 0n;

  /** Each event has a name of its own, even those of one millisecond. */
  const uniqueTime = (): bigint => {
    const now = BigInt(Math.trunc(clock.now())) * NANOSECONDS_PER_MILLISECOND;
    lastNanoseconds = now > lastNanoseconds ? now : lastNanoseconds + 1n;
    return lastNanoseconds;
  };

  const countUp = (key: string, event: EventToRecord): boolean => {
    const seen = known.get(key);
    const now = clock.now();
    if (!seen || now - seen.lastMilliseconds > SAME_EVENT_MILLISECONDS) {
      return false;
    }
    const type = eventType(objects);
    if (!objects.find(type, seen)) {
      return false;
    }
    seen.count++;
    seen.lastMilliseconds = now;
    objects.patch(
      type,
      seen,
      {
        type: 'merge',
        body: counted(event, seen.count, now),
      },
      { manager: event.component },
    );
    return true;
  };

  const write = (key: string, event: EventToRecord): void => {
    const { metadata } = event.object;
    const now = clock.now();
    const namespace = metadata.namespace ?? 'default';
    const name = `${metadata.name}.${uniqueTime()
      .toString(16)
      .padStart(16, '0')}`;
    objects.create(
      eventType(objects),
      eventObject(event, { namespace, name, milliseconds: now }),
      { manager: event.component },
    );
    known.delete(key);
    known.set(key, { namespace, name, count: 1, lastMilliseconds: now });
    const [oldest] = known.keys();
    if (known.size > KNOWN_EVENTS) {
      known.delete(oldest);
    }
  };

  return {
    record(event) {
      const key = keyOf(event);
      try {
        if (!countUp(key, event)) {
          write(key, event);
        }
      } catch (error) {
        if (!(error instanceof StatusError)) {
          throw error;
        }
      }
    },
  };
}

function eventType(objects: ClusterObjects) {
  const type = objects.typeOf('v1', 'Event');
  if (!type) {
    throw new Error('the cluster serves no Events: its types are incomplete');
  }
  return type;
}

function keyOf({
  object,
  type,
  reason,
  message,
  component,
  fieldPath = '',
}: EventToRecord): string {
  const { metadata } = object;
  return JSON.stringify([
    component,
    object.apiVersion,
    object.kind,
    metadata.namespace,
    metadata.name,
    metadata.uid,
    fieldPath,
    type,
    reason,
    message,
  ]);
}

function eventObject(
  event: EventToRecord,
  {
    namespace,
    name,
    milliseconds,
  }: { namespace: string; name: string; milliseconds: number },
): KubernetesObject {
  const { object, type, reason, message, fieldPath } = event;
  const { metadata } = object;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: object.kind,
      ...(metadata.namespace === undefined
        ? {}
        : { namespace: metadata.namespace }),
      name: metadata.name,
      ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
      apiVersion: object.apiVersion,
      ...(metadata.resourceVersion === undefined
        ? {}
        : { resourceVersion: metadata.resourceVersion }),
      ...(fieldPath === undefined ? {} : { fieldPath }),
    },
    reason,
    message,
    type,
    ...said(event, milliseconds),
  };
}

/** By whom and when: the two APIs for events have fields of their own for it. */
function said(
  { component, host, action }: EventToRecord,
  milliseconds: number,
): Record<string, unknown> {
  if (action !== undefined) {
    return {
      action,
      eventTime: microTimestamp(milliseconds),
      source: {},
      reportingComponent: component,
      reportingInstance: `${component}-${NODE_NAME}`,
    };
  }
  const time = timestamp(milliseconds);
  return {
    source: { component, ...(host === undefined ? {} : { host }) },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

/** How an event that comes again is counted up. */
function counted(
  { action }: EventToRecord,
  count: number,
  milliseconds: number,
): Record<string, unknown> {
  return action === undefined
    ? { count, lastTimestamp: timestamp(milliseconds) }
    : { series: { count, lastObservedTime: microTimestamp(milliseconds) } };
}

/** As `MicroTime` is written. */
function microTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
