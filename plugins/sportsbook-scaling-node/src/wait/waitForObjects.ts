import {
  computeStatus,
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { WaitFailedError } from '../errors/WaitFailedError';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { objectKey } from '../model/objectKey';
import { BlockedObject, formatStatus } from '../model/BlockedObject';
import { findCauses } from './findCauses';
import { FollowedGroup, followObjects } from './followObjects';

/** How long a wait for a whole set takes at most, where nobody says otherwise. */
export const DEFAULT_WAIT_SECONDS = 300;

/** A change in what an object has become. */
export interface StatusChange {
  ref: ObjectRef;
  status: ObjectStatus['status'] | 'absent';
  /** `Deployment betting/odds-api InProgress: Ready 1/3`. */
  line: string;
}

/** What an object had become when the wait ended. */
export interface WaitedObject {
  ref: ObjectRef;
  status: ObjectStatus['status'];
  message: string;
}

interface Tracked {
  ref: ObjectRef;
  object?: KubernetesObject;
  status: ObjectStatus['status'] | 'absent' | 'unseen';
  message: string;
}

function groupsOf(objects: ObjectRef[]): FollowedGroup[] {
  const groups = new Map<string, FollowedGroup>();
  for (const { apiVersion, kind, namespace, name } of objects) {
    const key = JSON.stringify([apiVersion, kind, namespace]);
    const group = groups.get(key) ?? {
      kind: { apiVersion, kind },
      namespace,
      names: [],
    };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function blockedObject(
  client: KubernetesClient,
  { ref, object, status, message }: Tracked,
  signal?: AbortSignal,
): Promise<BlockedObject> {
  return {
    ref,
    status: status === 'unseen' ? 'absent' : status,
    message:
      status === 'unseen' ? 'the cluster has not told its state' : message,
    causes:
      object === undefined ? [] : await findCauses({ client, object, signal }),
  };
}

/**
 * Waits until every object has become what its spec says.
 *
 * @param options.timeoutSeconds - of the whole wait, default {@link DEFAULT_WAIT_SECONDS}
 * @param options.onChange - one call per change of an object's status or message
 * @returns the final status of each, in the order given
 * @throws WaitTimeoutError, naming every object that is not there yet and why
 * @throws WaitFailedError as soon as one object has failed for good
 * @throws the signal's reason when it aborts
 */
export async function waitForObjects(options: {
  client: KubernetesClient;
  objects: ObjectRef[];
  timeoutSeconds?: number;
  /** What an object has become. Default: `computeStatus`. */
  statusOf?: (object: KubernetesObject) => ObjectStatus;
  onChange?: (change: StatusChange) => void;
  /** One line for people when the cluster stops answering. */
  onTrouble?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<WaitedObject[]> {
  const { client, objects, onChange, onTrouble, signal } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_WAIT_SECONDS;
  const statusOf = options.statusOf ?? computeStatus;
  signal?.throwIfAborted();
  const tracked = new Map<string, Tracked>(
    objects.map(ref => [
      objectKey(ref),
      { ref, status: 'unseen', message: '' },
    ]),
  );
  const all = () => [...tracked.values()];
  const ended = new AbortController();
  const isOver = () =>
    all().every(({ status }) => status === 'current') ||
    all().some(({ status }) => status === 'failed');

  const update = (ref: ObjectRef, object: KubernetesObject | undefined) => {
    const before = tracked.get(objectKey(ref));
    if (before === undefined || ended.signal.aborted) {
      return;
    }
    const { status, message } =
      object === undefined
        ? { status: 'absent' as const, message: 'there is no such object' }
        : statusOf(object);
    tracked.set(objectKey(ref), { ref: before.ref, object, status, message });
    if (before.status !== status || before.message !== message) {
      onChange?.({
        ref: before.ref,
        status,
        line: `${formatObjectRef(before.ref)} ${formatStatus(
          status,
        )}: ${message}`,
      });
    }
    if (isOver()) {
      ended.abort();
    }
  };

  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  const stop = AbortSignal.any([
    ended.signal,
    deadline,
    ...(signal === undefined ? [] : [signal]),
  ]);
  try {
    await Promise.all(
      groupsOf(objects).map(group =>
        followObjects({
          client,
          group,
          onState: (name, object) =>
            update({ ...group.kind, namespace: group.namespace, name }, object),
          onTrouble,
          signal: stop,
        }),
      ),
    );
  } finally {
    // One group's error must end the other groups' watches.
    ended.abort();
  }
  signal?.throwIfAborted();
  const failed = all().filter(({ status }) => status === 'failed');
  const pending = all().filter(({ status }) => status !== 'current');
  if (pending.length > 0) {
    const blocked = await Promise.all(
      (failed.length > 0 ? failed : pending).map(object =>
        blockedObject(client, object, signal),
      ),
    );
    throw failed.length > 0
      ? new WaitFailedError(blocked)
      : new WaitTimeoutError(timeoutSeconds, blocked);
  }
  return all().flatMap(({ ref, status, message }) =>
    status === 'absent' || status === 'unseen'
      ? []
      : [{ ref, status, message }],
  );
}
