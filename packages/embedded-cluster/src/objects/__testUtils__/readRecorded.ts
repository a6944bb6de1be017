import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The lines of a file of `__fixtures__`, each of them JSON. */
export function readRecorded<T>(name: string): T[] {
  return readFileSync(join(__dirname, '..', '__fixtures__', name), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as T);
}
