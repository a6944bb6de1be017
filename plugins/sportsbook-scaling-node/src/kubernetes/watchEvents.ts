import { ClusterUnreachableError } from '../errors';
import { WatchEvent, WatchOptions } from '../ports/KubernetesClient';
import { AskedFor, errorFromAnswer } from './errorFromAnswer';
import { KubernetesTransport, TransportStream } from './KubernetesTransport';
import { withQuery } from './resourcePath';
import { linesOf, readWatchLine, WatchLine } from './watchLines';

const DEFAULT_TIMEOUT_SECONDS = 240;
/**
 * Streams through Backstage's proxy are not closed upstream when the caller
 * goes, and Node gives up on a silent body after 300 seconds: the server has
 * to end every watch before.
 */
const LONGEST_TIMEOUT_SECONDS = 290;

export interface Watch {
  transport: KubernetesTransport;
  /** Of the collection. */
  path: string;
  asked: AskedFor;
  connectTimeoutSeconds: number;
  /** Repeats the opening. */
  retry: <T>(attempt: () => Promise<T>) => Promise<T>;
  options: WatchOptions;
}

/**
 * Events until the server ends the watch. A resource version that the server
 * has forgotten (410) ends it as well: either way the caller lists again.
 */
export async function* watchEvents(watch: Watch): AsyncGenerator<WatchEvent> {
  const stream = await watch.retry(() => open(watch));
  if (stream === 'expired') {
    return;
  }
  for await (const line of linesOf(stream.chunks)) {
    const event = parse(line, watch.asked);
    if (event.type !== 'ERROR') {
      yield event;
      continue;
    }
    if (event.status?.code === 410) {
      return;
    }
    throw errorFromAnswer(
      {
        status: event.status?.code ?? 500,
        headers: new Headers(),
        text: JSON.stringify(event.status ?? {}),
      },
      watch.asked,
    );
  }
}

async function open(watch: Watch): Promise<TransportStream | 'expired'> {
  const { options } = watch;
  const stream = await watch.transport.open({
    method: 'GET',
    path: withQuery(watch.path, {
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: Math.min(
        options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
        LONGEST_TIMEOUT_SECONDS,
      ),
      resourceVersion: options.resourceVersion,
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
    }),
    headers: { Accept: 'application/json' },
    timeoutSeconds: watch.connectTimeoutSeconds,
    signal: options.signal,
  });
  if (stream.status === 200) {
    return stream;
  }
  const text = await textOf(stream.chunks);
  if (stream.status === 410) {
    return 'expired';
  }
  throw errorFromAnswer(
    { status: stream.status, headers: stream.headers, text },
    watch.asked,
  );
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf-8');
}

function parse(line: string, asked: AskedFor): WatchLine {
  try {
    return readWatchLine(line);
  } catch (error) {
    throw new ClusterUnreachableError(
      `What answers for cluster ${asked.cluster} is no Kubernetes API server: asked to ${asked.action}, it sent a line that is no event. Check the cluster's URL.`,
      error,
    );
  }
}
