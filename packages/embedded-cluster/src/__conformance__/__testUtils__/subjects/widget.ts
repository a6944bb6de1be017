import fc from 'fast-check';
import { all, listOf, mapOf, metadata, some } from '../arbitraries';
import type { Subject } from '../Subject';

const item = fc
  .tuple(
    all({ name: fc.constantFrom('a', 'b', 'c') }),
    some({
      zone: fc.constantFrom('here', 'there'),
      value: fc.constantFrom(1, 2, 3),
      tags: fc.subarray(['x', 'y']),
    }),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));

export const widget: Subject = {
  name: 'widget',
  resource: {
    apiVersion: 'conformance.example.com/v1',
    kind: 'Widget',
    plural: 'widgets',
  },
  isWatched: false,
  base: { spec: { size: 1 } },
  part: fc.oneof(
    {
      weight: 16,
      arbitrary: some({
        metadata,
        spec: some({
          size: fc.constantFrom(0, 1, 2, 3),
          mode: fc.constantFrom('fast', 'slow'),
          limit: fc.constantFrom<unknown>(5, '50%'),
          tags: fc.subarray(['red', 'green', 'blue']),
          items: fc.uniqueArray(item, {
            maxLength: 3,
            selector: ({ name, zone = 'here' }: Record<string, unknown>) =>
              `${name}/${zone}`,
          }),
          settings: mapOf(['a', 'b', 'c'], ['0', '1']),
          point: all({
            x: fc.constantFrom(0, 1),
            y: fc.constantFrom(0, 1),
          }),
          steps: fc.subarray(['one', 'two', 'three']),
          raw: fc.constantFrom<unknown>(
            { any: { thing: [1, { goes: true }] } },
            { any: { other: 'thing' }, more: null },
            {},
          ),
          note: fc.constantFrom(null, 'text'),
          nested: some({
            level: fc.constantFrom(1, 2),
            names: listOf(all({ id: fc.constantFrom(1, 2) }), ['id']),
          }),
          embedded: fc.constantFrom<unknown>({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'inside', labels: { a: 'b' } },
            data: { a: '1' },
          }),
        }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Record<string, unknown>>(
        { spec: { size: 'big' } },
        { spec: { size: 11 } },
        { spec: { size: 1.5 } },
        { spec: { size: null } },
        { spec: { mode: 'odd' } },
        { spec: { odd: 1 } },
        { spec: { tags: ['red', 'red'] } },
        { spec: { tags: [] } },
        { spec: { items: [{ value: 1 }] } },
        { spec: { items: [{ name: 'a' }, { name: 'a' }] } },
        { spec: { items: {} } },
        { spec: { point: { x: 1 } } },
        { spec: { point: { x: 'a', y: 0 } } },
        { spec: null },
        { spec: {} },
        { status: { phase: 'Applied' } },
        { odd: true },
      ),
    },
  ),
  status: some({
    phase: fc.constantFrom('Waiting', 'Ready'),
    replicas: fc.constantFrom(0, 1),
    conditions: listOf(
      all({
        type: fc.constantFrom('Ready', 'Active'),
        status: fc.constantFrom('True', 'False'),
      }),
      ['type'],
      2,
    ),
  }),
  operation: fc.constantFrom<Record<string, unknown>>(
    { op: 'replace', path: '/spec/size', value: 3 },
    { op: 'remove', path: '/spec/size' },
    { op: 'add', path: '/spec/tags', value: ['json'] },
    { op: 'add', path: '/spec/tags/-', value: 'json' },
    { op: 'add', path: '/spec/items', value: [{ name: 'j' }] },
    { op: 'add', path: '/spec/items/-', value: { name: 'a', value: 9 } },
    { op: 'remove', path: '/spec/items/0' },
    { op: 'add', path: '/spec/settings', value: { a: 'json' } },
    { op: 'add', path: '/spec/raw', value: { json: [1] } },
    { op: 'add', path: '/spec/unknown', value: 1 },
  ),
};
