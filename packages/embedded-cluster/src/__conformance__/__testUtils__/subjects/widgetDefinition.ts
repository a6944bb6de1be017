import type { JsonRecord } from '../Step';

const string = { type: 'string' };
const integer = { type: 'integer' };

/** A definition with every way that a schema can say how lists and maps are owned. */
export const widgetDefinition: JsonRecord = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.conformance.example.com' },
  spec: {
    group: 'conformance.example.com',
    scope: 'Namespaced',
    names: {
      plural: 'widgets',
      singular: 'widget',
      kind: 'Widget',
      listKind: 'WidgetList',
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.size',
            statusReplicasPath: '.status.replicas',
          },
        },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  size: { ...integer, minimum: 0, maximum: 10, default: 1 },
                  mode: { ...string, enum: ['fast', 'slow'], default: 'fast' },
                  limit: { 'x-kubernetes-int-or-string': true },
                  tags: {
                    type: 'array',
                    items: string,
                    'x-kubernetes-list-type': 'set',
                  },
                  items: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name', 'zone'],
                    items: {
                      type: 'object',
                      required: ['name'],
                      properties: {
                        name: string,
                        zone: { ...string, default: 'here' },
                        value: integer,
                        tags: {
                          type: 'array',
                          items: string,
                          'x-kubernetes-list-type': 'set',
                        },
                      },
                    },
                  },
                  settings: { type: 'object', additionalProperties: string },
                  point: {
                    type: 'object',
                    'x-kubernetes-map-type': 'atomic',
                    required: ['x', 'y'],
                    properties: { x: integer, y: integer },
                  },
                  steps: { type: 'array', items: string },
                  raw: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                  note: { ...string, nullable: true },
                  nested: {
                    type: 'object',
                    properties: {
                      level: integer,
                      names: {
                        type: 'array',
                        'x-kubernetes-list-type': 'map',
                        'x-kubernetes-list-map-keys': ['id'],
                        items: {
                          type: 'object',
                          required: ['id'],
                          properties: { id: integer, text: string },
                        },
                      },
                    },
                  },
                  embedded: {
                    type: 'object',
                    'x-kubernetes-embedded-resource': true,
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                },
              },
              status: {
                type: 'object',
                properties: {
                  phase: string,
                  replicas: integer,
                  conditions: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['type'],
                    items: {
                      type: 'object',
                      required: ['type', 'status'],
                      properties: { type: string, status: string },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
