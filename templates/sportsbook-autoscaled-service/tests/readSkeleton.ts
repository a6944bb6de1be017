import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { autoscaledService } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';

const TEMPLATE_SUFFIX = '.hbs';

/** Files of the skeleton that are copied as they are, by path with slashes. */
export async function readStaticFiles(): Promise<Map<string, Buffer>> {
  const files = (await listSkeleton()).filter(
    path => !path.endsWith(TEMPLATE_SUFFIX),
  );
  return new Map(
    await Promise.all(
      files.map(
        async path =>
          [
            path,
            await fs.readFile(join(autoscaledService.directory, path)),
          ] as const,
      ),
    ),
  );
}

async function listSkeleton(): Promise<string[]> {
  const { directory } = autoscaledService;
  const entries = await fs.readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    );
}
