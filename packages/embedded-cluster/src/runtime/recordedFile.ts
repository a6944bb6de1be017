import { dirname, join } from 'node:path';

/**
 * Path of a file of this package's folder `recorded`, which is the same from
 * the sources and from the built package.
 */
export function recordedFile(name: string): string {
  return join(
    dirname(require.resolve('@sportsbook/embedded-cluster/package.json')),
    'recorded',
    name,
  );
}
