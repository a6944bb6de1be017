import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { ResourceType, Subresource } from '../model/ResourceType';
import { OpenApiSchema } from './OpenApiSchema';

import { recordedTypes } from './recordedTypes';
import { isRecord, type JsonRecord } from '../model/jsonRecord';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const REFERENCE_TO_META = { $ref: `#/components/schemas/${OBJECT_META}` };
const STRING = { type: 'string' };

/** What every definition's resource can do. */
const VERBS = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
];

const column = z.object({
  name: z.string(),
  type: z.enum(['string', 'integer', 'number', 'boolean', 'date']),
  format: z.string().optional(),
  description: z.string().optional(),
  priority: z.number().optional(),
  jsonPath: z.string(),
});

const spec = z.object({
  group: z.string(),
  scope: z.enum(['Namespaced', 'Cluster']),
  names: z.object({
    plural: z.string(),
    singular: z.string().optional(),
    kind: z.string(),
    listKind: z.string().optional(),
    shortNames: z.array(z.string()).optional(),
    categories: z.array(z.string()).optional(),
  }),
  versions: z.array(
    z.object({
      name: z.string(),
      served: z.boolean(),
      schema: z
        .object({ openAPIV3Schema: z.record(z.string(), z.unknown()) })
        .optional(),
      subresources: z
        .object({
          status: z.record(z.string(), z.unknown()).optional(),
          scale: z
            .object({
              specReplicasPath: z.string(),
              statusReplicasPath: z.string(),
              labelSelectorPath: z.string().optional(),
            })
            .optional(),
        })
        .optional(),
      additionalPrinterColumns: z.array(column).optional(),
    }),
  ),
});

/** Columns that a definition gets that asks for none. */
const AGE_COLUMN = {
  name: 'Age',
  type: 'date' as const,
  jsonPath: '.metadata.creationTimestamp',
};

/**
 * The kinds that a CustomResourceDefinition brings: one for each version that
 * it serves.
 *
 * @param definition - as stored, so accepted by the validation of its own kind
 * @throws ZodError where it is no definition at all
 */
export function typesOfDefinition(
  definition: KubernetesObject,
): ResourceType[] {
  const { group, scope, names, versions } = spec.parse(definition.spec);
  return versions
    .filter(({ served }) => served)
    .map(version => {
      const { status, scale } = version.subresources ?? {};
      const subresources: Subresource[] = [
        ...(status ? (['status'] as const) : []),
        ...(scale ? (['scale'] as const) : []),
      ];
      return {
        group,
        version: version.name,
        kind: names.kind,
        listKind: names.listKind ?? `${names.kind}List`,
        plural: names.plural,
        singular: names.singular ?? names.kind.toLowerCase(),
        shortNames: names.shortNames ?? [],
        categories: names.categories ?? [],
        namespaced: scope === 'Namespaced',
        verbs: VERBS,
        subresources,
        schema: schemaOf(
          version.schema?.openAPIV3Schema ?? {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        ),
        custom: true,
        printerColumns: version.additionalPrinterColumns ?? [AGE_COLUMN],
        ...(scale ? { scale } : {}),
      };
    });
}

/** A definition's schema leaves out what every object has, and what every embedded one has. */
function schemaOf(openApi: JsonRecord): OpenApiSchema {
  return new OpenApiSchema(
    withProperties(withEmbedded(openApi), {
      apiVersion: STRING,
      kind: STRING,
      metadata: REFERENCE_TO_META,
    }),
    name => recordedTypes().schemas[name],
  );
}

function withEmbedded(node: JsonRecord): JsonRecord {
  const inside: JsonRecord = { ...node };
  if (isRecord(node.properties)) {
    inside.properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, child]) => [
        name,
        isRecord(child) ? withEmbedded(child) : child,
      ]),
    );
  }
  for (const key of ['items', 'additionalProperties']) {
    const child = node[key];
    if (isRecord(child)) {
      inside[key] = withEmbedded(child);
    }
  }
  return node['x-kubernetes-embedded-resource'] === true
    ? withProperties(inside, {
        apiVersion: STRING,
        kind: STRING,
        metadata: REFERENCE_TO_META,
      })
    : inside;
}

function withProperties(node: JsonRecord, properties: JsonRecord): JsonRecord {
  return {
    ...node,
    properties: {
      ...(isRecord(node.properties) ? node.properties : {}),
      ...properties,
    },
  };
}
