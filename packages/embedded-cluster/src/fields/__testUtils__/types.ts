import type { ResourceType } from '../../model/ResourceType';
import { builtInTypes, typesOfDefinition } from '../../schema';
import { type JsonRecord } from '../../model/jsonRecord';

/** The built-in type of a kind. */
export function builtIn(kind: string): ResourceType {
  const type = builtInTypes().find(one => one.kind === kind);
  if (!type) {
    throw new Error(`there is no built-in kind ${kind}`);
  }
  return type;
}

/** A definition's kind `Thing` of `example.com/v1` whose spec has these properties. */
export function thing(spec: JsonRecord): ResourceType {
  return typesOfDefinition({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', kind: 'Thing' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: { type: 'object', properties: spec },
                status: {
                  type: 'object',
                  properties: { phase: { type: 'string' } },
                },
              },
            },
          },
        },
      ],
    },
  })[0];
}
