import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { ensureObject } from './ensureObject';
import { requireType } from './requireType';
import { sameJson } from './sameJson';
import { packageFolder } from './packageFolder';

/** Annotation of what belongs to the embedded cluster and was not installed by anybody. */
export const EMBEDDED_ANNOTATION = 'sportsbook-scaling/embedded';

const definitionSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('CustomResourceDefinition'),
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.record(z.string(), z.unknown()),
});

function recordedDefinition(name: string): KubernetesObject {
  const definition = definitionSchema.parse(
    JSON.parse(
      gunzipSync(
        readFileSync(
          join(packageFolder(), 'recorded', 'definitions', `${name}.json.gz`),
        ),
      ).toString('utf8'),
    ),
  );
  const { metadata } = definition;
  return {
    ...definition,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [EMBEDDED_ANNOTATION]: 'true' },
    },
  };
}

/**
 * Puts definitions in place that were recorded from a real cluster (folder
 * `recorded/definitions`), marked as the embedded cluster's own. What somebody
 * has changed is put back.
 *
 * @param names - such as `scaledobjects.keda.sh`
 */
export function installDefinitions(
  objects: ClusterObjects,
  names: readonly string[],
): void {
  const type = requireType(
    objects,
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
  );
  for (const name of names) {
    const wanted = recordedDefinition(name);
    const live = objects.find(type, { name });
    // Looked at first: writing one of them takes a tenth of a second.
    if (
      live === undefined ||
      !sameJson(live.spec, wanted.spec) ||
      !sameJson(live.metadata.annotations, wanted.metadata.annotations)
    ) {
      ensureObject(objects, wanted, { manager: 'embedded-cluster' });
    }
  }
}
