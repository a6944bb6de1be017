import {
  computeStatus,
  KubernetesObject,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { WaitCancelledError } from '../errors/WaitCancelledError';
import { WaitFailedError } from '../errors/WaitFailedError';
import { WaitTimeoutError } from '../errors/WaitTimeoutError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { describeBlocked } from './describeBlocked';
import { FollowedGroup, followObjects } from './followObjects';
import { StatusChange, WaitLedger } from './WaitLedger';

/** How long a wait for a whole set takes at most, where nobody says otherwise. */
export const DEFAULT_WAIT_SECONDS = 300;

/** How long the causes of a wait's end are looked for. */
const CAUSES_SECONDS = 15;
/** Somebody who cancels wants the end, and reads the reasons that are quick to have. */
const CAUSES_WHEN_CANCELLED_SECONDS = 3;

/** What an object had become when the wait ended. */
export interface WaitedObject {
  ref: ObjectRef;
  status: ObjectStatus['status'];
  message: string;
}

export interface WaitOptions {
  client: KubernetesClient;
  objects: ObjectRef[];
  /** Of the whole wait, default {@link DEFAULT_WAIT_SECONDS}. */
  timeoutSeconds?: number;
  /**
   * Whether the first object that failed for good ends the wait. Default false:
   * it ends once all that are not current have failed, and names all of them.
   */
  failFast?: boolean;
  /** What an object has become. Default: `computeStatus`. */
  statusOf?: (object: KubernetesObject) => ObjectStatus;
  /** One call per change of an object's status or message. */
  onChange?: (change: StatusChange) => void;
  /** One line for people when the cluster stops answering, or allows less than watching. */
  onTrouble?: (line: string) => void;
  /** Between two looks where watching is not allowed or has ended, default 2. */
  pollSeconds?: number;
  signal?: AbortSignal;
}

/** Objects that one list or watch shows. A Secret is never read with its neighbours. */
function groupsOf(objects: ObjectRef[]): FollowedGroup[] {
  const groups = new Map<string, FollowedGroup>();
  for (const { apiVersion, kind, namespace, name } of objects) {
    const key = JSON.stringify([
      apiVersion,
      kind,
      namespace,
      ...(apiVersion === 'v1' && kind === 'Secret' ? [name] : []),
    ]);
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

/** Follows the objects until the ledger is decided, or the signal aborts. */
async function follow(
  ledger: WaitLedger,
  options: WaitOptions,
  signal: AbortSignal,
): Promise<void> {
  const { client, objects, failFast = false, onChange } = options;
  const ended = new AbortController();
  const either = AbortSignal.any([ended.signal, signal]);
  if (ledger.isDecided({ failFast })) {
    return;
  }
  try {
    await Promise.all(
      groupsOf(objects).map(group =>
        followObjects({
          client,
          group,
          onState: (name, object, last) => {
            if (either.aborted) {
              return;
            }
            const { kind, namespace } = group;
            const change = ledger.record(
              { ...kind, namespace, name },
              { object, last },
            );
            if (change !== undefined) {
              onChange?.(change);
            }
            if (ledger.isDecided({ failFast })) {
              ended.abort();
            }
          },
          onTrouble: options.onTrouble,
          pollSeconds: options.pollSeconds,
          signal: either,
        }),
      ),
    );
  } finally {
    // One group's error must end the other groups' watches.
    ended.abort();
  }
}

/**
 * Waits until every object has become what its spec says.
 *
 * @remarks
 * A Job that its `ttlSecondsAfterFinished` removed counts as it was. A server
 * that limits its callers, restarts or ends a watch does not end the wait.
 *
 * @returns the final status of each, in the order given
 * @throws WaitTimeoutError when the time is up
 * @throws WaitFailedError when only objects are left that have failed for good
 * @throws WaitCancelledError when the signal aborts, with its reason as cause.
 *   All three name every object that is not current, why, the last events about
 *   it and the last lines of the containers behind it
 * @throws ClusterForbiddenError where the objects may not even be read one by one
 * @throws ClusterUnreachableError where nothing has answered for a minute
 */
export async function waitForObjects(
  options: WaitOptions,
): Promise<WaitedObject[]> {
  const { client, objects, signal } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_WAIT_SECONDS;
  const ledger = new WaitLedger(objects, options.statusOf ?? computeStatus);
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  if (signal?.aborted !== true) {
    await follow(
      ledger,
      options,
      AbortSignal.any([deadline, ...(signal === undefined ? [] : [signal])]),
    );
  }
  const pending = ledger.pending();
  if (pending.length === 0) {
    return ledger
      .all()
      .flatMap(({ ref, status, message }) =>
        status === 'absent' || status === 'unseen'
          ? []
          : [{ ref, status, message }],
      );
  }
  const isCancelled = () => signal?.aborted === true;
  const blocked = await describeBlocked({
    client,
    pending,
    signal: AbortSignal.any([
      AbortSignal.timeout(
        1000 * (isCancelled() ? CAUSES_WHEN_CANCELLED_SECONDS : CAUSES_SECONDS),
      ),
      ...(signal === undefined || isCancelled() ? [] : [signal]),
    ]),
  });
  if (isCancelled()) {
    throw new WaitCancelledError(signal?.reason, blocked);
  }
  throw pending.some(({ status }) => status === 'failed') &&
    ledger.isDecided({ failFast: options.failFast ?? false })
    ? new WaitFailedError(blocked)
    : new WaitTimeoutError(timeoutSeconds, blocked);
}
