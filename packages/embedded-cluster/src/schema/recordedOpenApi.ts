import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { recordedFolder } from './recordedFolder';
import { recordedTypes } from './recordedTypes';

/** The OpenAPI v3 documents of the built-in kinds, with their descriptions. */
export interface RecordedOpenApi {
  /** Below `/openapi/v3/`, such as `api/v1` and `apis/apps/v1`. */
  paths(): string[];
  /** JSON, read from disk at each call: they are large and rarely asked for. Undefined for other paths. */
  document(path: string): Buffer | undefined;
  /** SHA-512 of the document in capital hexadecimal, as clients' caches expect it. */
  hash(path: string): string | undefined;
}

export function recordedOpenApi(): RecordedOpenApi {
  const { documents } = recordedTypes();
  const find = (path: string) =>
    Object.hasOwn(documents, path) ? documents[path] : undefined;
  return {
    paths: () => Object.keys(documents),
    hash: path => find(path)?.hash,
    document: path => {
      const found = find(path);
      return (
        found &&
        gunzipSync(
          readFileSync(join(recordedFolder(), 'openapi-v3', found.file)),
        )
      );
    },
  };
}

/** Answer of the recorded server's `/version`. */
export function recordedVersion(): Record<string, string> {
  return recordedTypes().server;
}
