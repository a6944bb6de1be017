import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { recordedFolder } from './recordedFolder';

const definition = z.record(z.string(), z.unknown());

const recorded = z.object({
  /** Answer of `/version`. */
  server: z.record(z.string(), z.string()),
  /** OpenAPI documents by their path below `/openapi/v3/`. */
  documents: z.record(
    z.string(),
    z.object({ file: z.string(), hash: z.string() }),
  ),
  resources: z.array(
    z.object({
      group: z.string(),
      version: z.string(),
      kind: z.string(),
      plural: z.string(),
      singular: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()),
      shortNames: z.array(z.string()),
      categories: z.array(z.string()),
      subresources: z.array(z.string()),
      definition: z.string(),
    }),
  ),
  /** Definitions without their prose, by name. */
  schemas: z.record(z.string(), definition),
});

export type RecordedTypes = z.infer<typeof recorded>;
export type RecordedResource = RecordedTypes['resources'][number];

let loaded: RecordedTypes | undefined;

/** What `scripts/record.mjs` wrote about the types of a real cluster. Read once. */
export function recordedTypes(): RecordedTypes {
  loaded ??= recorded.parse(
    JSON.parse(
      gunzipSync(
        readFileSync(join(recordedFolder(), 'types.json.gz')),
      ).toString(),
    ),
  );
  return loaded;
}
