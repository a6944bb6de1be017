import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The answers of one filled-in form, as `cases/<name>.yaml` has them. */
export interface Case {
  name: string;
  /** What `fetch:handlebars` gets as its values. */
  values: unknown;
}

export const CASES_DIRECTORY = join(__dirname, '..', 'cases');

/** All cases, sorted by name. */
export async function readCases(): Promise<Case[]> {
  const files = (await fs.readdir(CASES_DIRECTORY)).sort();
  return Promise.all(
    files.map(async file => ({
      name: file.replace(/\.yaml$/, ''),
      values: parse(await fs.readFile(join(CASES_DIRECTORY, file), 'utf8')),
    })),
  );
}
