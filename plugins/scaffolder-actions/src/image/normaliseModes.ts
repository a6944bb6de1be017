import { promises as fs } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes all below `directory` readable for everybody and writable for its owner
 * alone, whatever the umask of the backend: the image's files belong to root, and
 * its process is another user.
 */
export async function normaliseModes(directory: string): Promise<void> {
  await setMode(directory, 0o755);
  const entries = await fs.readdir(directory, { withFileTypes: true });
  await Promise.all(
    entries.map(async entry => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        await normaliseModes(path);
      } else if (entry.isFile()) {
        const { mode } = await fs.stat(path);
        await setMode(path, (mode & 0o111) === 0 ? 0o644 : 0o755, mode);
      }
    }),
  );
}

async function setMode(
  path: string,
  wanted: number,
  current?: number,
): Promise<void> {
  if (current === undefined || (current & 0o777) !== wanted) {
    await fs.chmod(path, wanted);
  }
}
