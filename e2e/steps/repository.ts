import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  FIELD_MANAGER,
  type KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  APPLY_SET,
  applySetId,
  HPA_EXCLUDED_LABELS,
  readManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import type { Run } from './Run';

const managed = z.object({
  metadata: z.object({
    managedFields: z.array(
      z.object({ manager: z.string(), fieldsV1: z.unknown() }),
    ),
  }),
});

/** The fields that a manager applied. */
function fieldsOf(object: unknown, manager: string): unknown {
  const entry = managed
    .parse(object)
    .metadata.managedFields.find(candidate => candidate.manager === manager);
  assert.ok(entry, `${manager} owns fields`);
  return entry.fieldsV1;
}

/** What an object has as a member of the service's set, and its manifest has not. */
function asMember(object: KubernetesObject, setId: string): KubernetesObject {
  const { labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, [APPLY_SET.partOf]: setId },
      ...(object.kind === 'ScaledObject' && {
        annotations: {
          ...annotations,
          [HPA_EXCLUDED_LABELS]: APPLY_SET.partOf,
        },
      }),
    },
  };
}

/**
 * The published repository clones, and applying its manifests as another
 * field manager would give the objects that our action made, but for their
 * membership of the service's set.
 */
export async function repository(
  run: Run,
  service: { name: string; repositoryUrl: string },
): Promise<void> {
  const { cluster, journal, options } = run;
  await journal.step(
    'a clone of the repository gives the same objects under kubectl',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'sportsbook-clone-'));
      try {
        await promisify(execFile)('git', [
          'clone',
          '--quiet',
          service.repositoryUrl,
          directory,
        ]);
        const folder = join(directory, 'k8s');
        const files = await Promise.all(
          (
            await readdir(folder)
          ).map(async name => ({
            path: name,
            text: await readFile(join(folder, name), 'utf8'),
          })),
        );
        const manifests = readManifests(files);
        assert.equal(manifests.length, 10);
        const setId = applySetId({
          name: `${service.name}-applyset`,
          namespace: options.namespace,
        });
        for (const { object } of manifests) {
          const named = asMember(
            {
              ...object,
              metadata: { namespace: options.namespace, ...object.metadata },
            },
            setId,
          );
          const live = await cluster.get({
            apiVersion: named.apiVersion,
            kind: named.kind,
            namespace: options.namespace,
            name: named.metadata.name,
          });
          // A field with another value would be a conflict, and fail here;
          // a field that only one of the two sets shows in the ownership.
          const { object: applied } = await cluster.apply(named, {
            dryRun: true,
            fieldManager: 'kubectl',
          });
          assert.deepEqual(
            fieldsOf(applied, 'kubectl'),
            fieldsOf(live, FIELD_MANAGER),
            `${named.kind} ${named.metadata.name}`,
          );
        }
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  );
}
