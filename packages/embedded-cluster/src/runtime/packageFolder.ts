import { dirname } from 'node:path';

/**
 * Folder of this package, for files that lie beside the code: the same from
 * the sources and from the bundle.
 */
export function packageFolder(): string {
  return dirname(require.resolve('@sportsbook/embedded-cluster/package.json'));
}
