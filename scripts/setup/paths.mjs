import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Folder of everything that these scripts make: tools, state, logs. */
export const local = join(root, '.local');

export const logs = join(local, 'logs');
export const stamps = join(local, 'stamps');
