import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v3';
import { KubernetesObject } from '../kubernetesObject';

const ROOT = join(__dirname, '..', '__fixtures__');

const objectSchema = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.object({ name: z.string() }).passthrough(),
  })
  .passthrough();

const listSchema = z.object({ items: z.array(z.unknown()) });

/** A recorded file as parsed JSON. */
export function readFixtureJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** A recorded object. */
export function readFixture(path: string): KubernetesObject {
  return objectSchema.parse(readFixtureJson(path));
}

export function hasFixture(path: string): boolean {
  return existsSync(join(ROOT, path));
}

/** The items of a recorded list; none where nothing was recorded. */
export function readFixtureItems(path: string): unknown[] {
  return hasFixture(path) ? listSchema.parse(readFixtureJson(path)).items : [];
}

/** Names of the recorded states for which `states/<state>.<kind>.json` exists. */
export function fixtureStates(kind: string): string[] {
  return readdirSync(join(ROOT, 'states'))
    .filter(file => file.endsWith(`.${kind}.json`))
    .map(file => file.slice(0, -`.${kind}.json`.length))
    .sort();
}
