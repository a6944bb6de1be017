import fc from 'fast-check';
import { mapOf, metadata, some } from '../arbitraries';
import type { Subject } from '../Subject';

const data = mapOf(['a', 'b', 'c', 'd'], ['0', '1', '2']);

export const configMap: Subject = {
  name: 'configMap',
  resource: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  isWatched: false,
  base: { data: { a: '0' } },
  part: fc.oneof(
    { weight: 12, arbitrary: some({ metadata, data }) },
    {
      weight: 4,
      arbitrary: some({
        metadata,
        data,
        binaryData: mapOf(['x', 'y'], ['AAAA', 'AAAB']),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { data: { a: 1 } },
        { data: { a: null } },
        { data: {} },
        { data: null },
        { data: ['a'] },
        { foo: 'bar' },
        { data: { 'not/a/key': '1' } },
        { binaryData: { a: 'AAAA' } },
        { immutable: true },
        { immutable: false },
        { metadata: { labels: { one: 'not valid!' } } },
        { metadata: { labels: {} } },
        { metadata: { annotations: null } },
        { metadata: { foo: 'bar' } },
      ),
    },
  ),
  operation: fc.constantFrom(
    { op: 'add', path: '/data/a', value: '5' },
    { op: 'replace', path: '/data/b', value: '5' },
    { op: 'remove', path: '/data/a' },
    { op: 'remove', path: '/data' },
    { op: 'add', path: '/data', value: { c: '7' } },
    { op: 'test', path: '/data/a', value: '0' },
    { op: 'move', from: '/data/a', path: '/data/d' },
    { op: 'copy', from: '/data/a', path: '/data/b' },
    { op: 'add', path: '/metadata/labels', value: { one: 'json' } },
    { op: 'add', path: '/metadata/annotations/note', value: 'json' },
    { op: 'add', path: '/metadata/finalizers/-', value: 'example.com/third' },
    { op: 'add', path: '/metadata/finalizers/7', value: 'example.com/third' },
    { op: 'replace', path: '/metadata/managedFields', value: [{}] },
    { op: 'replace', path: '/metadata/managedFields', value: [] },
  ),
  strategic: fc.constantFrom(
    { data: { $patch: 'replace', c: '9' } },
    { data: { $patch: 'delete' } },
    { data: { $patch: 'odd' } },
    { data: { a: '9', b: null } },
    { $retainKeys: ['metadata', 'data'], data: { d: '9' } },
    { $retainKeys: ['metadata'], data: { d: '9' } },
    { metadata: { finalizers: ['example.com/second'] } },
    {
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['example.com/first'],
      },
    },
    {
      metadata: {
        '$setElementOrder/finalizers': [
          'example.com/second',
          'example.com/first',
        ],
        finalizers: ['example.com/second', 'example.com/first'],
      },
    },
    {
      metadata: {
        '$setElementOrder/finalizers': ['example.com/second'],
        finalizers: ['example.com/first'],
      },
    },
  ),
};
