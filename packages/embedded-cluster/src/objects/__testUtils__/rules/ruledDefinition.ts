import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ValidationRule } from '../../../model/TypeSchema';

type Json = Record<string, unknown>;

const short = { type: 'string', maxLength: 60 };

/** One field of each type that rules can speak about. */
const SPEC: Json = {
  type: 'object',
  properties: {
    count: { type: 'integer' },
    other: { type: 'integer' },
    ratio: { type: 'number' },
    name: short,
    text: short,
    nothing: { ...short, nullable: true },
    enabled: { type: 'boolean' },
    at: { type: 'string', format: 'date-time', maxLength: 40 },
    every: { type: 'string', format: 'duration', maxLength: 40 },
    key: { type: 'string', format: 'byte', maxLength: 40 },
    port: { 'x-kubernetes-int-or-string': true },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    numbers: { type: 'array', maxItems: 8, items: { type: 'integer' } },
    ratios: { type: 'array', maxItems: 8, items: { type: 'number' } },
    names: { type: 'array', maxItems: 8, items: short },
    unique: {
      type: 'array',
      maxItems: 8,
      items: short,
      'x-kubernetes-list-type': 'set',
    },
    labels: { type: 'object', maxProperties: 8, additionalProperties: short },
    limits: {
      type: 'object',
      maxProperties: 8,
      additionalProperties: { type: 'integer' },
    },
    inner: {
      type: 'object',
      properties: { size: { type: 'integer' }, unit: short },
    },
    ports: {
      type: 'array',
      maxItems: 8,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: short, number: { type: 'integer' } },
      },
    },
    'dashed-name': short,
    in: short,
    under__score: { type: 'integer' },
  },
};

/** Where in the schema a rule stands, from the root. */
export type RulePlace = readonly string[];

/**
 * A definition with the rules at the places that are named. Everything that
 * rules run through is limited, so that a real server's cost estimate passes.
 */
export function ruledDefinition(
  rules: readonly { at: RulePlace; rule: ValidationRule }[],
): KubernetesObject {
  const root: Json = {
    type: 'object',
    // Nodes that are written once and used twice are two.
    properties: { spec: JSON.parse(JSON.stringify(SPEC)) },
  };
  for (const { at, rule } of rules) {
    let node = root;
    for (const step of at) {
      node = node[step] as Json;
    }
    const present = (node['x-kubernetes-validations'] ?? []) as unknown[];
    node['x-kubernetes-validations'] = [...present, rule];
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'ruled.x-rules.example.com' },
    spec: {
      group: 'x-rules.example.com',
      scope: 'Cluster',
      names: { plural: 'ruled', kind: 'Ruled' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: root },
        },
      ],
    },
  };
}
