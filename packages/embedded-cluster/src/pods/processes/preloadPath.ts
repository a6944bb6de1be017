import { join } from 'node:path';
import { packageFolder } from '../../runtime/packageFolder';

/** Plain modules that Node loads into containers' processes as they are, never built. */
export const PRELOAD_FOLDER = join(packageFolder(), 'src/pods/preload');
