import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LiveObject } from './ApiConnection';
import type { LedgerKind } from './Ledger';

/** Marks the objects of these tests. */
export const LABEL = 'written-under-kills';

export interface WrittenKind extends LedgerKind {
  /** Of the collection. */
  path: string;
  /** An object that says its revision in several places. */
  objectOf(name: string, revision: string): Record<string, unknown>;
}

/** Some kilobytes that only this revision has. */
function payloadOf(revision: string): string {
  return createHash('sha512').update(revision).digest('hex').repeat(20);
}

const configMap = z.object({
  data: z.object({ first: z.string(), payload: z.string(), last: z.string() }),
});

const deployment = z.object({
  metadata: z.object({ annotations: z.object({ revision: z.string() }) }),
  spec: z.object({
    template: z.object({
      metadata: z.object({ annotations: z.object({ payload: z.string() }) }),
      spec: z.object({
        containers: z.tuple([
          z.object({
            env: z.tuple([z.object({ value: z.string() })]),
          }),
        ]),
      }),
    }),
  }),
});

function metadataOf(name: string) {
  return { name, namespace: 'betting', labels: { [LABEL]: 'true' } };
}

export const configMaps: WrittenKind = {
  path: '/api/v1/namespaces/betting/configmaps',
  ours: true,
  objectOf: (name, revision) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(name),
    data: { first: revision, payload: payloadOf(revision), last: revision },
  }),
  revisionOf: (object: LiveObject) => {
    const { first, payload, last } = configMap.parse(object).data;
    return first === last && payload === payloadOf(first) ? first : undefined;
  },
};

/** Without pods: only their controllers write them as well. */
export const deployments: WrittenKind = {
  path: '/apis/apps/v1/namespaces/betting/deployments',
  ours: false,
  objectOf: (name, revision) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadataOf(name), annotations: { revision } },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: {
          labels: { app: name, [LABEL]: 'true' },
          annotations: { payload: payloadOf(revision) },
        },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'node:22-slim',
              env: [{ name: 'REVISION', value: revision }],
            },
          ],
        },
      },
    },
  }),
  revisionOf: (object: LiveObject) => {
    const { metadata, spec } = deployment.parse(object);
    const { revision } = metadata.annotations;
    return spec.template.spec.containers[0].env[0].value === revision &&
      spec.template.metadata.annotations.payload === payloadOf(revision)
      ? revision
      : undefined;
  },
};
