import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { kubernetesObjectSchema } from './kubernetesObjectSchema';
import { KubernetesStatus, readStatus } from './kubernetesStatus';

/** One line of a watch. */
export type WatchLine =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'BOOKMARK'; resourceVersion: string }
  | { type: 'ERROR'; status: KubernetesStatus | undefined };

const lineSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.unknown(),
});

// A bookmark's object has no name.
const bookmarkSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
});

/** Throws on a line that is no event. */
export function readWatchLine(line: string): WatchLine {
  const { type, object } = lineSchema.parse(JSON.parse(line));
  if (type === 'ERROR') {
    return { type, status: readStatus(object) };
  }
  if (type === 'BOOKMARK') {
    const { metadata } = bookmarkSchema.parse(object);
    return { type, resourceVersion: metadata.resourceVersion };
  }
  return { type, object: kubernetesObjectSchema.parse(object) };
}

/**
 * Complete, non-empty lines of a stream of UTF-8; a line and even a character
 * may span chunks. What follows the last line end is the start of a line that
 * was cut off, and dropped.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(line => line.trim() !== '');
  }
}
