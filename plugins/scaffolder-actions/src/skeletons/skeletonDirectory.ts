import { existsSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const PACKAGE =
  '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling';

/**
 * The folder with the autoscaled service's files: inside this package where it
 * was packed, else at the root of the repository that this package is part of.
 */
export function skeletonDirectory(): string {
  const packed = resolvePackagePath(PACKAGE, 'skeleton');
  return existsSync(packed)
    ? packed
    : resolvePackagePath(PACKAGE, '../../skeleton');
}
