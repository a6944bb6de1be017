import { relabelSchema } from '../config/relabelSchema';
import { labelsOf } from '../storage/labels';
import { prepareRelabeling, relabel } from './relabel';

function apply(
  rule: Record<string, unknown>,
  labels: Record<string, string>,
): Record<string, string> | undefined {
  const result = relabel(
    labelsOf(labels),
    prepareRelabeling([relabelSchema.parse(rule)]),
  );
  return result && Object.fromEntries(result);
}

describe('relabel', () => {
  it.each([
    [
      'replaces with what was captured',
      {
        source_labels: ['a', 'b'],
        separator: ';',
        regex: 'f(.*);(.*)r',
        target_label: 'd',
        replacement: 'ch${1}-ch${1}',
      },
      { a: 'foo', b: 'bar' },
      { a: 'foo', b: 'bar', d: 'choo-choo' },
    ],
    [
      'removes a label that becomes empty',
      { source_labels: ['x'], target_label: 'a' },
      { a: 'foo' },
      {},
    ],
    [
      'leaves labels alone where the expression does not match all of the value',
      { source_labels: ['a'], regex: 'o', target_label: 'b' },
      { a: 'foo' },
      { a: 'foo' },
    ],
    [
      'keeps what matches',
      { action: 'keep', source_labels: ['a'], regex: 'f.*' },
      { a: 'foo' },
      { a: 'foo' },
    ],
    [
      'drops what does not match where it keeps',
      { action: 'keep', source_labels: ['a'], regex: 'f' },
      { a: 'foo' },
      undefined,
    ],
    [
      'drops what matches',
      { action: 'drop', source_labels: ['a'], regex: 'foo|bar' },
      { a: 'foo' },
      undefined,
    ],
    [
      'keeps equal labels',
      { action: 'keepequal', source_labels: ['a'], target_label: 'b' },
      { a: 'x', b: 'y' },
      undefined,
    ],
    [
      'drops equal labels',
      { action: 'dropequal', source_labels: ['a'], target_label: 'b' },
      { a: 'x', b: 'x' },
      undefined,
    ],
    [
      'maps names',
      { action: 'labelmap', regex: '__meta_(my.*)', replacement: '${1}' },
      { __meta_my_bar: 'aaa', other: 'b' },
      { __meta_my_bar: 'aaa', my_bar: 'aaa', other: 'b' },
    ],
    [
      'drops labels by name',
      { action: 'labeldrop', regex: 'b.*' },
      { a: '1', bb: '2' },
      { a: '1' },
    ],
    [
      'keeps labels by name',
      { action: 'labelkeep', regex: 'b.*' },
      { a: '1', bb: '2' },
      { bb: '2' },
    ],
    [
      'lowers case',
      { action: 'lowercase', source_labels: ['a'], target_label: 'b' },
      { a: 'FoO' },
      { a: 'FoO', b: 'foo' },
    ],
    [
      'raises case',
      { action: 'Uppercase', source_labels: ['a'], target_label: 'a' },
      { a: 'FoO' },
      { a: 'FOO' },
    ],
    [
      'hashes as Prometheus does',
      {
        action: 'hashmod',
        source_labels: ['c'],
        target_label: 'd',
        separator: ';',
        modulus: 1000,
      },
      { a: 'foo', b: 'bar', c: 'baz' },
      { a: 'foo', b: 'bar', c: 'baz', d: '976' },
    ],
  ])('%s', (_, rule, labels, expected) => {
    expect(apply(rule, labels)).toEqual(expected);
  });

  it.each([
    [{ action: 'hashmod', target_label: 'a' }, 'non-zero modulus'],
    [{ action: 'replace' }, "requires 'target_label'"],
    [{ action: 'explode' }, 'Invalid option'],
    [{ regex: '(', target_label: 'a' }, 'missing closing )'],
    [{ target_label: 'a', colour: 'red' }, 'colour'],
  ])('refuses %j', (rule, reason) => {
    expect(() => relabelSchema.parse(rule)).toThrow(reason);
  });
});
