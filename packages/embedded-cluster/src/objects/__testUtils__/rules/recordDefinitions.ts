/**
 * Writes the definitions of release manifests, without descriptions, to
 * `publishedDefinitions.json.gz`. From packages/embedded-cluster:
 *
 *     node --require @backstage/cli-node/config/nodeTransform.cjs \
 *       src/objects/__testUtils__/rules/recordDefinitions.ts <manifest.yaml>...
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parseAllDocuments } from 'yaml';

/** Fields may have that name too. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDescriptions);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(
            ([name, child]) =>
              name !== 'description' || typeof child !== 'string',
          )
          .map(([name, child]) => [name, withoutDescriptions(child)]),
      )
    : value;
}

const definitions = process.argv
  .slice(2)
  .flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')))
  .map(document => document.toJS() as KubernetesObject | null)
  .filter(object => object?.kind === 'CustomResourceDefinition')
  .map(object => withoutDescriptions({ ...object, status: undefined }));
const file = resolve(
  __dirname,
  '../../__fixtures__/publishedDefinitions.json.gz',
);
writeFileSync(file, gzipSync(JSON.stringify(definitions), { level: 9 }));
process.stdout.write(`${definitions.length} definitions in ${file}\n`);
