import type { ResourceType } from '../../model/ResourceType';

import { definitionPaths } from './definitionPaths';
import { schemaName, schemaReference } from './schemaName';
import { isRecord } from '../../model/jsonRecord';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

/**
 * OpenAPI v3 document of the kinds that definitions bring to one group and
 * version, as far as clients read it: schemas with their kinds, and paths with
 * what each operation takes.
 *
 * @param recorded - schemas of any built-in group: metadata is described there
 */
export function definitionDocument(
  types: readonly ResourceType[],
  recorded: Readonly<Record<string, unknown>>,
): unknown {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' },
    paths: Object.assign({}, ...types.map(definitionPaths)),
    components: {
      schemas: {
        ...Object.fromEntries(
          Object.entries(recorded).filter(([name]) => name.startsWith(META)),
        ),
        ...Object.fromEntries(types.flatMap(schemasOf)),
      },
    },
  };
}

function schemasOf(type: ResourceType): [string, unknown][] {
  const { group, version, kind, listKind, plural } = type;
  const { raw } = type.schema;
  const properties = isRecord(raw.properties) ? raw.properties : {};
  const name = schemaName(type);
  return [
    [
      name,
      {
        ...raw,
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          ...properties,
          metadata: {
            description: "Standard object's metadata.",
            allOf: [schemaReference(`${META}ObjectMeta`)],
          },
        },
        'x-kubernetes-group-version-kind': [{ group, kind, version }],
      },
    ],
    [
      schemaName({ group, version, kind: listKind }),
      {
        description: `${listKind} is a list of ${kind}`,
        type: 'object',
        required: ['items'],
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: {
            description: 'Standard list metadata.',
            allOf: [schemaReference(`${META}ListMeta`)],
          },
          items: {
            description: `List of ${plural}.`,
            type: 'array',
            items: schemaReference(name),
          },
        },
        'x-kubernetes-group-version-kind': [{ group, kind: listKind, version }],
      },
    ],
  ];
}
