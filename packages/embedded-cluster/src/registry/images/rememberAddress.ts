import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'addresses.json';
const MAX_ADDRESSES = 32;
const addressesSchema = z.array(z.string());

/**
 * Notes what the registry is called from now on, because stored pods go on
 * naming their images by an address that another program may have taken since.
 *
 * @returns the addresses that it had before, at most 31
 */
export async function rememberAddress(
  directory: string,
  address: string,
): Promise<string[]> {
  const file = join(directory, FILE);
  const former = (await read(file))
    .filter(other => other !== address)
    .slice(1 - MAX_ADDRESSES);
  const draft = `${file}.draft`;
  await writeFile(draft, JSON.stringify([...former, address]), { mode: 0o600 });
  await rename(draft, file);
  return former;
}

async function read(file: string): Promise<string[]> {
  try {
    return addressesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // There is none yet, or none that makes sense.
    return [];
  }
}
