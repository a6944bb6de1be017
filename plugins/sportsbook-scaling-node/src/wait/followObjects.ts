import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { sleep } from '../sleep';
import { askedPauseSeconds, passes } from './passes';

const UNREACHABLE_TOLERANCE_SECONDS = 60;

/** Between two looks, where watching is not possible or has just ended. */
export const DEFAULT_POLL_SECONDS = 2;

/** Objects of one kind in one namespace. */
export interface FollowedGroup {
  kind: { apiVersion: string; kind: string };
  namespace?: string;
  names: string[];
}

/** How objects are looked at, by what the identity may. */
type Way = 'watch' | 'list' | 'get';

interface FollowOptions {
  client: KubernetesClient;
  group: FollowedGroup;
  /**
   * @param object - undefined: there is none
   * @param last - what it was when it was deleted, where that was seen
   */
  onState: (
    name: string,
    object: KubernetesObject | undefined,
    last?: KubernetesObject,
  ) => void;
  /** One line for people when the cluster stops answering, or allows less than watching. */
  onTrouble?: (line: string) => void;
  /** Default {@link DEFAULT_POLL_SECONDS}. */
  pollSeconds?: number;
  signal: AbortSignal;
}

/** One list of the group. @returns where to watch from */
async function listOnce(options: FollowOptions): Promise<string> {
  const { client, group, onState, signal } = options;
  const { kind, namespace, names } = group;
  const { items, resourceVersion } = await client.list(kind, {
    namespace,
    fieldSelector: selectorOf(names),
    signal,
  });
  const present = new Map(items.map(item => [item.metadata.name, item]));
  for (const name of names) {
    const item = present.get(name);
    onState(name, item && { ...kind, ...item });
  }
  return resourceVersion;
}

async function getEach(options: FollowOptions): Promise<void> {
  const { client, group, onState, signal } = options;
  const { kind, namespace, names } = group;
  for (const name of names) {
    onState(name, await client.get({ ...kind, namespace, name }, { signal }));
  }
}

function selectorOf(names: string[]): string | undefined {
  return names.length === 1 ? `metadata.name=${names[0]}` : undefined;
}

/** Until the server ends the watch, for whatever reason. */
async function watchFrom(
  resourceVersion: string,
  options: FollowOptions,
): Promise<true> {
  const { client, group, onState, signal } = options;
  const { kind, namespace, names } = group;
  const wanted = new Set(names);
  for await (const event of client.watch(kind, {
    namespace,
    fieldSelector: selectorOf(names),
    resourceVersion,
    signal,
  })) {
    if (event.type !== 'BOOKMARK' && wanted.has(event.object.metadata.name)) {
      const object = { ...kind, ...event.object };
      onState(
        object.metadata.name,
        event.type === 'DELETED' ? undefined : object,
        object,
      );
    }
  }
  return true;
}

/** @returns the way that is left, where not even that is allowed */
async function look(way: Way, options: FollowOptions): Promise<Way> {
  if (way === 'get') {
    await getEach(options);
    return way;
  }
  const resourceVersion = await unlessForbidden(listOnce(options));
  if (resourceVersion === undefined) {
    return 'get';
  }
  return way === 'list' ||
    (await unlessForbidden(watchFrom(resourceVersion, options))) !== undefined
    ? way
    : 'list';
}

async function unlessForbidden<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ClusterForbiddenError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Reports every state of some objects until the signal aborts.
 *
 * @remarks
 * Lists, then watches from there; again when the server ends the watch or has
 * forgotten where it began. An identity that may list but not watch lists every
 * {@link DEFAULT_POLL_SECONDS} seconds, one that may only get asks for each
 * object. A cluster that does not answer is given 60 seconds, one that answers
 * "later" as long as the signal lets it.
 *
 * @throws whatever list, watch or get throws besides; the signal's abortion ends it silently
 */
export async function followObjects(options: FollowOptions): Promise<void> {
  const { group, onTrouble, signal } = options;
  const pollSeconds = options.pollSeconds ?? DEFAULT_POLL_SECONDS;
  let way: Way = 'watch';
  let away: { since: number } | undefined;
  while (!signal.aborted) {
    let pauseSeconds = pollSeconds;
    try {
      const allowed: Way = await look(way, options);
      away = undefined;
      if (allowed !== way) {
        way = allowed;
        onTrouble?.(
          `The account may not ${
            way === 'get' ? 'list' : 'watch'
          } objects of kind ${
            group.kind.kind
          }: asking for them every ${pollSeconds} s.`,
        );
        continue;
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (away === undefined) {
        const text = error instanceof Error ? error.message : String(error);
        away = { since: performance.now() };
        if (passes(error) !== 'never') {
          onTrouble?.(`${text.replace(/[.]?$/, '.')} Trying again.`);
        }
      }
      const awaySeconds = (performance.now() - away.since) / 1000;
      if (!isBorne(error, awaySeconds)) {
        throw error;
      }
      pauseSeconds = Math.max(pauseSeconds, askedPauseSeconds(error));
    }
    await sleep(1000 * pauseSeconds, { signal }).catch(reason => {
      if (!signal.aborted) {
        throw reason;
      }
    });
  }
}

function isBorne(error: unknown, awaySeconds: number): boolean {
  const passing = passes(error);
  return (
    passing === 'untilDeadline' ||
    (passing === 'aMinute' && awaySeconds <= UNREACHABLE_TOLERANCE_SECONDS)
  );
}
