import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { promisify } from 'node:util';
import {
  definitionPath,
  DEFINITIONS_DIRECTORY,
  RECORDED_KINDS,
  RecordedKind,
} from '../tests/definitions';

const run = promisify(execFile);
const LARGEST_DOCUMENT_BYTES = 64 * 1024 * 1024;
const PREFIX = '#/components/schemas/';

type Json = unknown;
type Schemas = Record<string, Json>;

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a reader would want and a validator does not need is most of the size. */
function slim(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(slim);
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value)
    // `properties` may hold a field that is called description.
    .filter(([key, child]) => key !== 'description' || isRecord(child))
    .map(([key, child]) => [key, slim(child)]);
  return Object.fromEntries(entries);
}

function collect(value: Json, all: Schemas, into: Schemas): void {
  if (Array.isArray(value)) {
    value.forEach(child => collect(child, all, into));
  } else if (isRecord(value)) {
    const reference = value.$ref;
    if (typeof reference === 'string') {
      const name = reference.slice(PREFIX.length);
      if (!(name in into)) {
        into[name] = slim(all[name]);
        collect(into[name], all, into);
      }
    }
    Object.values(value).forEach(child => collect(child, all, into));
  }
}

/** The schema of one kind with all that it refers to, without its status. */
function extract(all: Schemas, { apiVersion, kind }: RecordedKind): Json {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const found = Object.values(all).find(
    schema =>
      isRecord(schema) &&
      Array.isArray(schema['x-kubernetes-group-version-kind']) &&
      schema['x-kubernetes-group-version-kind'].some(
        id =>
          isRecord(id) &&
          id.group === group &&
          id.version === version &&
          id.kind === kind,
      ),
  );
  if (!isRecord(found) || !isRecord(found.properties)) {
    throw new Error(
      `The cluster does not describe ${kind} of ${apiVersion}; install what defines it and record again`,
    );
  }
  const { status: _, ...properties } = found.properties;
  const root = slim({ ...found, properties });
  const schemas: Schemas = {};
  collect(root, all, schemas);
  return { ...(isRecord(root) ? root : {}), components: { schemas } };
}

async function main(context: string | undefined): Promise<void> {
  if (context === undefined) {
    throw new Error(
      'Name the context of the cluster to record from: yarn workspace @sportsbook/template-sportsbook-autoscaled-service record-definitions CONTEXT',
    );
  }
  await fs.mkdir(DEFINITIONS_DIRECTORY, { recursive: true });
  for (const recorded of RECORDED_KINDS) {
    const { stdout } = await run(
      'kubectl',
      [
        '--context',
        context,
        'get',
        '--raw',
        `/openapi/v3/${recorded.document}`,
      ],
      { maxBuffer: LARGEST_DOCUMENT_BYTES },
    );
    const schema = extract(JSON.parse(stdout).components.schemas, recorded);
    await fs.writeFile(
      definitionPath(recorded),
      `${JSON.stringify(schema, null, 1)}\n`,
    );
    process.stdout.write(`${recorded.apiVersion} ${recorded.kind}\n`);
  }
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
