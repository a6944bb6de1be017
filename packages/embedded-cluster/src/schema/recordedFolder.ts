import { join } from 'node:path';
import { packageFolder } from '../runtime/packageFolder';

/** Folder `recorded` of this package. */
export function recordedFolder(): string {
  return join(packageFolder(), 'recorded');
}
