import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterUnreachableError } from '../errors/ClusterUnreachableError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';

/** An API server that restarts is back within it. */
const UNREACHABLE_TOLERANCE_SECONDS = 60;
const PAUSE_MILLISECONDS = 1_000;

/** Objects of one kind in one namespace. */
export interface FollowedGroup {
  kind: { apiVersion: string; kind: string };
  namespace?: string;
  names: string[];
}

/**
 * Reports every state of some objects until the signal aborts; `undefined`
 * means that there is none.
 *
 * @remarks
 * Lists, then watches from there; again when the server ends the watch, for
 * whatever reason. A cluster that does not answer is given 60 seconds.
 *
 * @throws whatever list or watch throws besides; the signal's abortion ends it silently
 */
export async function followObjects(options: {
  client: KubernetesClient;
  group: FollowedGroup;
  onState: (name: string, object: KubernetesObject | undefined) => void;
  /** One line for people when the cluster stops answering. */
  onTrouble?: (line: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { client, group, onState, onTrouble, signal } = options;
  const { kind, namespace, names } = group;
  const wanted = new Set(names);
  const fieldSelector =
    names.length === 1 ? `metadata.name=${names[0]}` : undefined;
  const report = (object: KubernetesObject, gone: boolean) => {
    const { name } = object.metadata;
    if (wanted.has(name)) {
      onState(name, gone ? undefined : { ...kind, ...object });
    }
  };
  let unreachableSince: number | undefined;
  while (!signal.aborted) {
    try {
      const { items, resourceVersion } = await client.list(kind, {
        namespace,
        fieldSelector,
        signal,
      });
      unreachableSince = undefined;
      const present = new Set(items.map(({ metadata }) => metadata.name));
      items.forEach(item => report(item, false));
      names
        .filter(name => !present.has(name))
        .forEach(name => onState(name, undefined));
      for await (const event of client.watch(kind, {
        namespace,
        fieldSelector,
        resourceVersion,
        signal,
      })) {
        if (event.type !== 'BOOKMARK') {
          report(event.object, event.type === 'DELETED');
        }
      }
      // Keeps a server that ends each watch at once from being asked in a loop.
      await sleep(PAUSE_MILLISECONDS, { signal });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      // A kind that was defined a moment ago may not be served by every server yet.
      const passes =
        error instanceof ClusterUnreachableError ||
        error instanceof ApiNotInstalledError;
      const now = performance.now();
      if (passes && unreachableSince === undefined) {
        onTrouble?.(`${error.message} Trying again.`);
      }
      unreachableSince ??= now;
      if (
        !passes ||
        now - unreachableSince > UNREACHABLE_TOLERANCE_SECONDS * 1000
      ) {
        throw error;
      }
      await sleep(PAUSE_MILLISECONDS, { signal }).catch(reason => {
        if (!signal.aborted) {
          throw reason;
        }
      });
    }
  }
}
