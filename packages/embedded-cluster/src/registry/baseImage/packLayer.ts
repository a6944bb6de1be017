import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** One file or folder of a layer. */
export type LayerEntry =
  | { name: string; type: 'directory'; mode: number }
  | { name: string; type: 'file'; mode: number; content: Buffer };

/**
 * A plain tar of the entries, all owned by root and of 1970: the same entries
 * give the same bytes. Not compressed, because what zlib makes of the same
 * input changes with its version.
 */
export async function packLayer(
  entries: readonly LayerEntry[],
): Promise<Buffer> {
  const archive = pack();
  const bytes = buffer(archive);
  for (const entry of entries) {
    const header = {
      name: entry.name,
      mode: entry.mode,
      mtime: new Date(0),
      uid: 0,
      gid: 0,
    };
    if (entry.type === 'directory') {
      archive.entry({ ...header, type: 'directory' });
    } else {
      archive.entry({ ...header, type: 'file' }, entry.content);
    }
  }
  archive.finalize();
  return bytes;
}
