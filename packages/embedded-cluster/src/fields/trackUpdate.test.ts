import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { builtIn, thing } from './__testUtils__/types';
import type { ManagedFieldsEntry } from './ManagedFieldsEntry';
import { trackUpdate } from './trackUpdate';

const configMap = builtIn('ConfigMap');
const START = Date.parse('2026-11-24T12:00:00Z');

function dataOf(
  data: Record<string, string>,
  managedFields?: unknown,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      uid: 'u',
      ...(managedFields === undefined ? {} : { managedFields }),
    },
    data,
  };
}

function write(
  manager: string,
  after: KubernetesObject,
  before?: KubernetesObject,
  nowMilliseconds: number = START,
): ManagedFieldsEntry[] {
  return trackUpdate({
    before,
    after,
    manager,
    type: configMap,
    nowMilliseconds,
  });
}

describe('trackUpdate', () => {
  it('gives a new object to the one who made it', () => {
    expect(write('maker', dataOf({ x: '1' }))).toEqual([
      {
        manager: 'maker',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-11-24T12:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { '.': {}, 'f:x': {} } },
      },
    ]);
  });

  it('moves what changes to the writer and forgets what is gone', () => {
    const before = dataOf(
      { x: '1', y: '1', z: '1' },
      write('maker', dataOf({ x: '1', y: '1', z: '1' })),
    );
    const after = dataOf(
      { x: '2', y: '1', w: '1' },
      before.metadata.managedFields,
    );

    expect(
      write('editor', after, before, START + 1000).map(
        ({ manager, time, fieldsV1 }) => [manager, time, fieldsV1],
      ),
    ).toEqual([
      ['maker', '2026-11-24T12:00:00Z', { 'f:data': { '.': {}, 'f:y': {} } }],
      [
        'editor',
        '2026-11-24T12:00:01Z',
        { 'f:data': { 'f:w': {}, 'f:x': {} } },
      ],
    ]);
  });

  it('changes nothing, not even a time, for a write that changes nothing', () => {
    const before = dataOf({ x: '1' }, write('maker', dataOf({ x: '1' })));

    expect(
      write('maker', structuredClone(before), before, START + 60_000),
    ).toEqual(before.metadata.managedFields);
  });

  it.each([[[]], [[{}]]])('forgets every owner for %j', managedFields => {
    const before = dataOf({ x: '1' }, write('maker', dataOf({ x: '1' })));

    expect(write('editor', dataOf({ x: '2' }, managedFields), before)).toEqual(
      [],
    );
  });

  it('tracks nobody once the owners were forgotten', () => {
    expect(write('editor', dataOf({ x: '2' }), dataOf({ x: '1' }))).toEqual([]);
  });

  it('keeps the stored owners where a client sends none, or nonsense', () => {
    const stored = write('maker', dataOf({ x: '1', y: '1' }));
    const before = dataOf({ x: '1', y: '1' }, stored);
    const expected = [
      { 'f:data': { '.': {}, 'f:y': {} } },
      { 'f:data': { 'f:x': {} } },
    ];

    for (const sent of [undefined, [{ operation: 'Odd' }]]) {
      expect(
        write('z', dataOf({ x: '2', y: '1' }, sent), before, START + 1000).map(
          ({ fieldsV1 }) => fieldsV1,
        ),
      ).toEqual(expected);
    }
  });

  it('takes the owners that a client sends, but not through a subresource', () => {
    const type = thing({});
    const of = (phase: string, manager: string): KubernetesObject => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: {
        name: 'a',
        uid: 'u',
        managedFields: [
          {
            manager,
            operation: 'Apply',
            apiVersion: 'example.com/v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:spec': {} },
          },
        ],
      },
      status: { phase },
    });
    const managers = (subresource?: string) =>
      trackUpdate({
        before: of('a', 'stored'),
        after: of('b', 'sent'),
        manager: 'writer',
        type,
        subresource,
        nowMilliseconds: START,
      }).map(({ manager }) => manager);

    expect(managers()).toEqual(['sent']);
    expect(managers('status')).toEqual(['stored', 'writer']);
  });

  it('writes no time for a change through the scale subresource', () => {
    const of = (replicas: number): KubernetesObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'a',
        managedFields: [
          {
            manager: 'maker',
            operation: 'Update',
            apiVersion: 'apps/v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:spec': { 'f:replicas': {}, 'f:paused': {} } },
          },
        ],
      },
      spec: { replicas, paused: true },
    });

    expect(
      trackUpdate({
        before: of(1),
        after: of(2),
        manager: 'scaler',
        type: builtIn('Deployment'),
        subresource: 'scale',
        nowMilliseconds: START,
      }),
    ).toEqual([
      expect.objectContaining({
        manager: 'maker',
        fieldsV1: { 'f:spec': { 'f:paused': {} } },
      }),
      {
        manager: 'scaler',
        operation: 'Update',
        apiVersion: 'apps/v1',
        subresource: 'scale',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ]);
  });

  it('forgets owners of a version that is not served', () => {
    const old = [
      {
        manager: 'old',
        operation: 'Apply',
        apiVersion: 'v0',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:x': {} } },
      },
    ];

    expect(
      write('new', dataOf({ x: '2' }, old), dataOf({ x: '1' }, old)).map(
        ({ manager }) => manager,
      ),
    ).toEqual(['new']);
  });

  it('gives the whole to who owned a part of what has become atomic since', () => {
    const of = (x: number): KubernetesObject => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: {
        name: 'a',
        managedFields: [
          {
            manager: 'old',
            operation: 'Update',
            apiVersion: 'example.com/v1',
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:spec': {
                'f:size': {},
                'f:point': { '.': {}, 'f:x': {}, 'f:y': {} },
                'f:steps': { 'v:"a"': {} },
              },
            },
          },
        ],
      },
      spec: { size: x, point: { x: 1, y: 1 }, steps: ['a'] },
    });
    const type = thing({
      size: { type: 'integer' },
      point: {
        type: 'object',
        'x-kubernetes-map-type': 'atomic',
        properties: { x: { type: 'integer' }, y: { type: 'integer' } },
      },
      steps: { type: 'array', items: { type: 'string' } },
    });

    expect(
      trackUpdate({
        before: of(1),
        after: of(2),
        manager: 'new',
        type,
        nowMilliseconds: START,
      }).map(({ fieldsV1 }) => fieldsV1),
    ).toEqual([
      { 'f:spec': { 'f:point': {}, 'f:steps': {} } },
      { 'f:spec': { 'f:size': {} } },
    ]);
  });

  it('puts the oldest updates together when there are more than ten', () => {
    let object = dataOf({ k0: '0' });
    object = dataOf({ k0: '0' }, write('m00', object));
    for (let at = 1; at <= 12; at += 1) {
      const data = { ...(object.data as object), [`k${at}`]: '1' };
      object = dataOf(
        data,
        write(
          `m${String(at).padStart(2, '0')}`,
          dataOf(data, object.metadata.managedFields),
          object,
          START + at * 1000,
        ),
      );
    }

    const entries = object.metadata.managedFields as ManagedFieldsEntry[];
    expect(entries).toHaveLength(10);
    expect(entries[0]).toMatchObject({
      manager: 'ancient-changes',
      time: '2026-11-24T12:00:03Z',
      fieldsV1: {
        'f:data': { '.': {}, 'f:k0': {}, 'f:k1': {}, 'f:k2': {}, 'f:k3': {} },
      },
    });
    expect(entries[9].manager).toBe('m12');
  });

  it('owns the structures of a definition’s kind, but not those that a built-in kind always has', () => {
    const deployment: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } } },
      },
    };
    const custom: KubernetesObject = {
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'a' },
      spec: { size: 1 },
    };
    const fieldsOf = (after: KubernetesObject, kind: string) =>
      trackUpdate({
        after,
        manager: 'm',
        type:
          kind === 'Thing'
            ? thing({ size: { type: 'integer' } })
            : builtIn(kind),
        nowMilliseconds: START,
      })[0].fieldsV1;

    expect(fieldsOf(deployment, 'Deployment')).toEqual({
      'f:spec': {
        'f:selector': {},
        'f:template': {
          'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
        },
      },
    });
    expect(fieldsOf(custom, 'Thing')).toEqual({
      'f:spec': { '.': {}, 'f:size': {} },
    });
  });
});
