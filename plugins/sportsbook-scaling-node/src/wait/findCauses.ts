import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { BlockedObject } from '../model/BlockedObject';
import { KubernetesClient } from '../ports/KubernetesClient';
import { familyOf } from './familyOf';
import { hideCredentials } from './hideCredentials';
import { lastEvents } from './lastEvents';
import { NamespaceListings } from './NamespaceListings';
import { podWaitingReasons } from './podWaitingReasons';
import { readContainerLog } from './readContainerLog';
import { troubledContainers } from './troubledContainers';

const REASONS_SHOWN = 3;
const LOGS_SHOWN = 2;
const LONGEST_CAUSE_CHARACTERS = 300;

function madeAt({ metadata }: KubernetesObject): string {
  return metadata.creationTimestamp ?? '';
}

function shorten(text: string): string {
  return text.length <= LONGEST_CAUSE_CHARACTERS
    ? text
    : `${text.slice(0, LONGEST_CAUSE_CHARACTERS)} …`;
}

/**
 * What can be found about why an object makes no progress: the waiting reasons
 * of its pods, the last events about it and what it owns, and the last lines of
 * its containers that do not run as they should.
 *
 * Never fails for lack of rights, time or a cluster that answers: it only adds
 * to a message that there is anyway, and says what it could not read.
 *
 * @param options.listings - shared by calls about several objects
 */
export async function findCauses(options: {
  client: KubernetesClient;
  object: KubernetesObject;
  listings?: NamespaceListings;
  signal?: AbortSignal;
}): Promise<Required<Pick<BlockedObject, 'causes' | 'logs'>>> {
  const { client, object, signal } = options;
  const { namespace } = object.metadata;
  if (namespace === undefined) {
    return { causes: [], logs: [] };
  }
  const listings =
    options.listings ?? new NamespaceListings({ client, signal });
  const members = await familyOf(object, listings);
  const pods = members
    .filter(({ kind }) => kind === 'Pod')
    // Those of the newest revision tell about the spec that is waited for.
    .sort((a, b) => madeAt(b).localeCompare(madeAt(a)));
  const reasons = pods.flatMap(podWaitingReasons);
  // A waiting container's reason is what the events of its pod repeat.
  const telling =
    reasons.length > 0 ? members.filter(({ kind }) => kind !== 'Pod') : members;
  // A finished pod may be removed at any moment, and its log with it.
  const [logs, events] = await Promise.all([
    Promise.all(
      pods
        .flatMap(pod =>
          troubledContainers(pod).map(container => ({ pod, container })),
        )
        .slice(0, LOGS_SHOWN)
        .map(troubled => readContainerLog({ client, ...troubled, signal })),
    ),
    lastEvents(object, telling, listings),
  ]);
  const found = [...reasons.slice(0, REASONS_SHOWN), ...events];
  const unread = listings.unreadableIn(namespace);
  return {
    causes: (found.length > 0 ? found : unread.slice(0, REASONS_SHOWN))
      .map(hideCredentials)
      .map(shorten),
    logs,
  };
}
