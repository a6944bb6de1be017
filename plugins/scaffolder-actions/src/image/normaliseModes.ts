import { promises as fs } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes all below `directory` readable for everybody and writable for its owner
 * alone, whatever the umask of the backend: the image's files belong to root, and
 * its process is another user.
 */
export async function normaliseModes(directory: string): Promise<void> {
  await fs.chmod(directory, 0o755);
  for (const entry of await fs.readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      await normaliseModes(path);
    } else if (entry.isFile()) {
      const { mode } = await fs.stat(path);
      await fs.chmod(path, (mode & 0o111) === 0 ? 0o644 : 0o755);
    }
  }
}
