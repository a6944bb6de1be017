import {
  BackstageRefusedError,
  ClusterUnreachableError,
  UnknownClusterError,
} from '../../errors';
import { BackstageAnswer } from './backstageAnswer';

/** A cluster behind Backstage's proxy that did not answer. */
export function unreachableBehindBackstage(
  cluster: string,
  reason: string,
  cause?: unknown,
): ClusterUnreachableError {
  return new ClusterUnreachableError(
    `Cluster ${cluster} cannot be reached: ${reason}. Check that it runs and that Backstage's host can connect to its API server.`,
    cause,
  );
}

/** The one place that turns what Backstage itself answered for good into an error. */
export async function errorFromBackstage(
  answer: Exclude<BackstageAnswer, { type: 'notServing' }>,
  options: {
    cluster: string;
    /** HTTP status of the answer. */
    status: number;
    /** Names that are known, for the message when this one is not. */
    knownClusters?: (options: { signal?: AbortSignal }) => Promise<string[]>;
    signal?: AbortSignal;
  },
): Promise<Error> {
  const { cluster, status, knownClusters, signal } = options;
  switch (answer.type) {
    case 'unknownCluster': {
      const known = await listKnown(
        async () => await knownClusters?.({ signal }),
        signal,
      );
      return new UnknownClusterError(
        `Backstage's kubernetes plugin knows no cluster '${cluster}'.${known} Choose one of its clusters, or add this one to its configuration.`,
      );
    }
    case 'unreachableCluster':
      return unreachableBehindBackstage(cluster, answer.reason);
    case 'noPlugin':
      return new BackstageRefusedError(
        `Backstage serves no kubernetes plugin, which is the way to cluster ${cluster}. Install it, and give it a 'kubernetes' section in app-config: without one it serves nothing.`,
        status,
      );
    default:
      return new BackstageRefusedError(
        `Backstage refused the call to cluster ${cluster}: ${answer.reason}`,
        status,
      );
  }
}

async function listKnown(
  ask: () => Promise<string[] | undefined>,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const names = await ask();
    return names === undefined
      ? ''
      : ` It knows ${names.length === 0 ? 'none' : names.join(', ')}.`;
  } catch {
    // The list is a courtesy; the error stands without it.
    signal?.throwIfAborted();
    return '';
  }
}
