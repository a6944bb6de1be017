import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ContainerLog } from '../model/BlockedObject';
import { z } from 'zod/v3';
import { KubernetesClient, RawAnswer } from '../ports/KubernetesClient';
import { hideCredentials } from './hideCredentials';
import { TroubledContainer } from './troubledContainers';

const LINES_SHOWN = 8;
const LONGEST_LINE_CHARACTERS = 240;
/** Of an answer; the lines that are shown lie at its end. */
const LOG_BYTES = 16_384;

function lastLines(text: string): string[] {
  return text
    .slice(0, LOG_BYTES)
    .split('\n')
    .map(line =>
      // eslint-disable-next-line no-control-regex
      line.replace(/\u001b\[[0-9;]*m|[\u0000-\u0008\u000b-\u001f]/g, ''),
    )
    .filter(line => line.trim() !== '')
    .slice(-LINES_SHOWN)
    .map(line => hideCredentials(line))
    .map(line =>
      line.length <= LONGEST_LINE_CHARACTERS
        ? line
        : `${line.slice(0, LONGEST_LINE_CHARACTERS)} …`,
    );
}

const statusSchema = z.object({ message: z.string().min(1) });

function refusalOf({ status, text }: RawAnswer): string {
  if (status === 401 || status === 403) {
    return 'forbidden; grant get on pods/log to see it here';
  }
  if (status === 404) {
    return 'the pod is gone';
  }
  try {
    const { message } = statusSchema.parse(JSON.parse(text));
    return hideCredentials(message.slice(0, LONGEST_LINE_CHARACTERS));
  } catch {
    return `HTTP ${status}`;
  }
}

interface LogOptions {
  client: KubernetesClient;
  pod: KubernetesObject;
  container: TroubledContainer;
  signal?: AbortSignal;
}

async function readRun(
  previousRun: boolean,
  { client, pod, container, signal }: LogOptions,
): Promise<ContainerLog> {
  const { name, namespace = '' } = pod.metadata;
  const log = { pod: name, container: container.name, previousRun, lines: [] };
  const query = new URLSearchParams({
    container: container.name,
    tailLines: String(LINES_SHOWN),
    limitBytes: String(LOG_BYTES),
    ...(previousRun ? { previous: 'true' } : {}),
  });
  try {
    const answer = await client.getRaw(
      `/api/v1/namespaces/${encodeURIComponent(
        namespace,
      )}/pods/${encodeURIComponent(name)}/log?${query}`,
      { signal },
    );
    if (answer.status === 200) {
      return { ...log, lines: lastLines(answer.text) };
    }
    return { ...log, unreadable: refusalOf(answer) };
  } catch (error) {
    return {
      ...log,
      unreadable: error instanceof Error ? error.message : String(error),
    };
  }
}

/**
 * The end of what a container wrote: at most 8 lines of 240 characters, with
 * what looks like a credential hidden. A run that wrote nothing so far, or
 * has no log yet, is passed over for the one before.
 *
 * Never fails: what keeps it from being read is part of the answer.
 */
export async function readContainerLog(
  options: LogOptions,
): Promise<ContainerLog> {
  const { previousRun, ranBefore } = options.container;
  const log = await readRun(previousRun, options);
  if (log.lines.length > 0 || !ranBefore || previousRun) {
    return log;
  }
  // Between two runs a kubelet may not have the log of either for a moment.
  const before = await readRun(true, options);
  return before.lines.length > 0 ? before : log;
}
