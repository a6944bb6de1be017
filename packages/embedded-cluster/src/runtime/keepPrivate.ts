import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Shuts a state folder, and the files right in it, to everybody but its owner:
 * one that was made by hand may be open, and it holds keys.
 *
 * @throws Error when the folder is somebody else's
 */
export function keepPrivate(directory: string): void {
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isFile()) {
      chmodSync(join(directory, entry.name), 0o600);
    }
  }
}
