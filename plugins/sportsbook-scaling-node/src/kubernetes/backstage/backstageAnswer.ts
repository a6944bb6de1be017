import { z } from 'zod';
import { TransportAnswer } from '../KubernetesTransport';

/** What Backstage itself, and not the cluster, answered. */
export type BackstageAnswer =
  | { type: 'unknownCluster' }
  | { type: 'unreachableCluster'; reason: string }
  | { type: 'notServing' }
  | { type: 'noPlugin' }
  | { type: 'refused'; reason: string };

const errorSchema = z.object({
  error: z.object({ name: z.string(), message: z.string() }),
});

/**
 * Tells Backstage's own errors from those of the cluster behind its proxy;
 * undefined where the cluster speaks. The API server marks all that passes it
 * with an audit id, also what a service behind its own proxy sends.
 */
export function backstageAnswer(
  answer: TransportAnswer,
): BackstageAnswer | undefined {
  if (answer.status < 400 || answer.headers.has('audit-id')) {
    return undefined;
  }
  if (answer.status === 404 && answer.text === '') {
    return { type: 'noPlugin' };
  }
  const error = readError(answer.text);
  if (error === undefined) {
    return undefined;
  }
  if (answer.status === 503) {
    return { type: 'notServing' };
  }
  if (
    answer.status === 404 &&
    /^(Cluster '.*' not found|No Clusters configured)$/.test(error.message)
  ) {
    return { type: 'unknownCluster' };
  }
  const unreachable = /^Cluster '.*' request error(?:; caused by (.*))?$/s.exec(
    error.message,
  );
  if (answer.status === 500 && unreachable) {
    return {
      type: 'unreachableCluster',
      reason: (unreachable[1] ?? 'no reason given').replace(/^Error: /, ''),
    };
  }
  return { type: 'refused', reason: `${error.name}: ${error.message}` };
}

function readError(
  text: string,
): { name: string; message: string } | undefined {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error : undefined;
  } catch {
    return undefined;
  }
}
