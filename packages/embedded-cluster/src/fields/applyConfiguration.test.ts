import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import { StatusError } from '../model/StatusError';
import { builtIn, thing } from './__testUtils__/types';
import { applyConfiguration } from './applyConfiguration';
import type { ManagedFieldsEntry } from './ManagedFieldsEntry';
import { trackUpdate } from './trackUpdate';

const configMap = builtIn('ConfigMap');
const deployment = builtIn('Deployment');
const NOON = Date.parse('2026-11-24T12:00:00Z');

function dataOf(data: Record<string, string>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'n' },
    data,
  };
}

function apply(
  manager: string,
  applied: KubernetesObject,
  live?: KubernetesObject,
  options: {
    force?: boolean;
    type?: ResourceType;
    at?: number;
    subresource?: string;
  } = {},
): KubernetesObject {
  const { force = false, type = configMap, at = NOON, subresource } = options;
  return applyConfiguration({
    live,
    applied,
    manager,
    force,
    type,
    subresource,
    nowMilliseconds: at,
  });
}

function entries(object: KubernetesObject): ManagedFieldsEntry[] {
  return (object.metadata.managedFields ?? []) as ManagedFieldsEntry[];
}

function refusal(act: () => unknown): StatusError {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('applyConfiguration', () => {
  it('makes an object whose applied fields belong to the manager', () => {
    const object = apply('m1', dataOf({ x: '1' }));

    expect(object.data).toEqual({ x: '1' });
    expect(entries(object)).toEqual([
      {
        manager: 'm1',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-11-24T12:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:x': {} } },
      },
    ]);
  });

  it('keeps what others own and takes away what the manager no longer applies', () => {
    const first = apply('m1', dataOf({ x: '1', y: '1' }));
    const second = apply('m2', dataOf({ z: '2' }), first);
    const third = apply('m1', dataOf({ x: '1' }), second);

    expect(third.data).toEqual({ x: '1', z: '2' });
    expect(
      entries(third).map(({ manager, fieldsV1 }) => [manager, fieldsV1]),
    ).toEqual([
      ['m1', { 'f:data': { 'f:x': {} } }],
      ['m2', { 'f:data': { 'f:z': {} } }],
    ]);
  });

  it('leaves a field that two managers apply until both have let it go', () => {
    const shared = apply(
      'm2',
      dataOf({ x: '1' }),
      apply('m1', dataOf({ x: '1' })),
    );
    const once = apply('m1', dataOf({}), shared);
    const twice = apply('m2', dataOf({}), once);

    expect(once.data).toEqual({ x: '1' });
    // Nothing is left of it; what is stored then is the kind's matter.
    expect(twice.data).toBeNull();
  });

  it('refuses to change what others own, naming each owner and field', () => {
    const live = apply(
      'm2',
      dataOf({ x: '1', y: '1' }),
      apply('m1', dataOf({ x: '1' })),
    );

    const error = refusal(() => apply('m3', dataOf({ x: '2', y: '2' }), live));

    expect(error.toStatus()).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 3 conflicts: conflicts with "m1":\n- .data.x\nconflicts with "m2":\n- .data.x\n- .data.y',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "m1"',
            field: '.data.x',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "m2"',
            field: '.data.x',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "m2"',
            field: '.data.y',
          },
        ],
      },
    });
  });

  it('names the version that an updater used, and the subresource', () => {
    const before = apply('m1', dataOf({ x: '1' }));
    const after = { ...before, data: { x: '2' } };
    const live = {
      ...after,
      metadata: {
        ...after.metadata,
        managedFields: trackUpdate({
          before,
          after,
          manager: 'editor',
          type: configMap,
          subresource: 'scale',
          nowMilliseconds: NOON,
        }),
      },
    };

    const error = refusal(() => apply('m1', dataOf({ x: '3' }), live));

    expect(error.message).toBe(
      'Apply failed with 1 conflict: conflict with "editor" with subresource "scale" using v1: .data.x',
    );
  });

  it('takes fields over by force, so that their owners lose them', () => {
    const live = apply('m1', dataOf({ x: '1', y: '1' }));

    const object = apply('m2', dataOf({ x: '2' }), live, { force: true });

    expect(object.data).toEqual({ x: '2', y: '1' });
    expect(
      entries(object).map(({ manager, fieldsV1 }) => [manager, fieldsV1]),
    ).toEqual([
      ['m1', { 'f:data': { 'f:y': {} } }],
      ['m2', { 'f:data': { 'f:x': {} } }],
    ]);
  });

  it('keeps the time of a manager whose apply changes nothing', () => {
    const live = apply('m1', dataOf({ x: '1' }));

    const again = apply('m1', dataOf({ x: '1' }), live, { at: NOON + 60_000 });

    expect(again).toEqual(live);
  });

  it('gives no time to a manager that only shares what is there', () => {
    const live = apply('m1', dataOf({ x: '1' }));

    const shared = apply('m2', dataOf({ x: '1' }), live);

    // An entry without a time comes first, as 1970 would.
    expect(entries(shared).map(({ manager, time }) => [manager, time])).toEqual(
      [
        ['m2', undefined],
        ['m1', '2026-11-24T12:00:00Z'],
      ],
    );
  });

  it('gives an owner to fields that nobody tracked before', () => {
    const untracked = dataOf({ x: '1' });

    const object = apply('m1', dataOf({ y: '1' }), untracked);

    expect(
      entries(object).map(({ manager, operation, fieldsV1 }) => [
        manager,
        operation,
        fieldsV1,
      ]),
    ).toEqual([
      ['m1', 'Apply', { 'f:data': { 'f:y': {} } }],
      ['before-first-apply', 'Update', { 'f:data': { '.': {}, 'f:x': {} } }],
    ]);
  });

  it('merges lists by their keys, with the defaults of keys that are left out', () => {
    const withContainers = (
      ...containers: Record<string, unknown>[]
    ): KubernetesObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { template: { spec: { containers } } },
    });
    const live = apply(
      'm1',
      withContainers(
        { name: 'main', ports: [{ containerPort: 80, protocol: 'TCP' }] },
        { name: 'side', image: 's' },
      ),
      undefined,
      { type: deployment },
    );

    const object = apply(
      'm2',
      withContainers({
        name: 'main',
        image: 'm',
        ports: [{ containerPort: 80, name: 'http' }],
      }),
      live,
      { type: deployment },
    );

    expect(object.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              name: 'main',
              image: 'm',
              ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }],
            },
            { name: 'side', image: 's' },
          ],
        },
      },
    });
    expect(entries(object)[1].fieldsV1).toEqual({
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"main"}': {
                '.': {},
                'f:image': {},
                'f:name': {},
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:containerPort': {},
                    'f:name': {},
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it('owns an atomic list or object as a whole, a set by its items', () => {
    const type = thing({
      tags: {
        type: 'array',
        items: { type: 'string' },
        'x-kubernetes-list-type': 'set',
      },
      steps: { type: 'array', items: { type: 'string' } },
      point: {
        type: 'object',
        'x-kubernetes-map-type': 'atomic',
        properties: { x: { type: 'integer' }, y: { type: 'integer' } },
      },
    });
    const of = (spec: Record<string, unknown>): KubernetesObject => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'a' },
      spec,
    });
    const live = apply(
      'm1',
      of({ tags: ['a'], steps: ['one'], point: { x: 1, y: 1 } }),
      undefined,
      { type },
    );

    const object = apply('m2', of({ tags: ['b'] }), live, { type });
    const error = refusal(() =>
      apply('m2', of({ steps: ['two'], point: { x: 1, y: 2 } }), live, {
        type,
      }),
    );

    expect(object.spec).toMatchObject({ tags: ['a', 'b'] });
    expect(entries(object)[1].fieldsV1).toEqual({
      'f:spec': { 'f:tags': { 'v:"b"': {} } },
    });
    expect(error.details?.causes?.map(({ field }) => field)).toEqual([
      '.spec.point',
      '.spec.steps',
    ]);
  });

  it('owns no status through the object itself where there is a status subresource', () => {
    const type = thing({});
    const applied: KubernetesObject = {
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'a', labels: { l: 'v' } },
      status: { phase: 'Ready' },
    };

    const main = apply('m1', applied, undefined, { type });
    const status = apply('m1', applied, main, { type, subresource: 'status' });

    expect(entries(main).map(({ fieldsV1 }) => fieldsV1)).toEqual([
      { 'f:metadata': { 'f:labels': { 'f:l': {} } } },
    ]);
    expect(
      entries(status).find(({ subresource }) => subresource === 'status')
        ?.fieldsV1,
    ).toEqual({ 'f:status': { 'f:phase': {} } });
  });

  it('answers 500 without a reason where the configuration is not of its type', () => {
    const applied: KubernetesObject = {
      ...dataOf({}),
      data: { x: 1 },
      foo: { a: [1] },
    };

    expect(refusal(() => apply('m1', applied)).toStatus()).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'failed to create typed patch object (n/a; /v1, Kind=ConfigMap): errors:\n  .data.x: expected string, got &value.valueUnstructured{Value:1}\n  .foo: field not declared in schema',
      code: 500,
    });
  });

  it('refuses two items of the same key', () => {
    const applied: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { ports: [{ port: 80 }, { port: 80, protocol: 'TCP' }] },
    };

    expect(
      refusal(() =>
        apply('m1', applied, undefined, { type: builtIn('Service') }),
      ).message,
    ).toBe(
      'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: duplicate entries for key [port=80,protocol="TCP"]',
    );
  });

  it('refuses another kind, and managedFields', () => {
    const other = { ...dataOf({}), kind: 'Secret' };
    const owned = dataOf({});
    owned.metadata.managedFields = [];

    expect(refusal(() => apply('m1', other))).toMatchObject({
      code: 400,
      message: 'invalid object type: /v1, Kind=Secret',
    });
    expect(refusal(() => apply('m1', owned))).toMatchObject({
      code: 400,
      message: 'metadata.managedFields must be nil',
    });
  });

  it('changes neither the live object nor the configuration', () => {
    const live = apply('m1', dataOf({ x: '1', y: '1' }));
    const applied = dataOf({ x: '2' });
    const copies = structuredClone([live, applied]);

    apply('m1', applied, live, { at: NOON + 1000 });
    apply('m2', applied, live, { force: true });

    expect([live, applied]).toEqual(copies);
  });

  describe('by kubectl, of what it applied from the client before', () => {
    const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
    const lastApplied = (data: Record<string, string>): KubernetesObject => {
      const object = dataOf({ a: '1', b: '9' });
      object.metadata.annotations = {
        [ANNOTATION]: JSON.stringify({ ...dataOf(data) }),
      };
      object.metadata.managedFields = trackUpdate({
        after: object,
        manager: 'kubectl-client-side-apply',
        type: configMap,
        nowMilliseconds: NOON,
      });
      return object;
    };

    it('is no conflict while the field is as it was applied', () => {
      const live = lastApplied({ a: '1', b: '2' });

      const object = apply('kubectl', dataOf({ a: '5' }), live);

      expect(object.data).toEqual({ a: '5', b: '9' });
    });

    it('keeps the annotation true', () => {
      const live = lastApplied({ a: '1', b: '2' });
      const applied = dataOf({ a: '<5>' });

      const object = apply('kubectl', applied, live);

      expect(object.metadata.annotations?.[ANNOTATION]).toBe(
        '{"apiVersion":"v1","data":{"a":"\\u003c5\\u003e"},"kind":"ConfigMap","metadata":{"name":"a","namespace":"n"}}\n',
      );
    });

    it('is a conflict where somebody has changed the field since', () => {
      const live = lastApplied({ a: '1', b: '2' });

      const error = refusal(() =>
        apply('kubectl', dataOf({ a: '5', b: '2' }), live),
      );

      expect(error.details?.causes?.map(({ field }) => field)).toEqual([
        '.data.b',
      ]);
    });

    it('is a conflict for any other manager', () => {
      const live = lastApplied({ a: '1', b: '2' });

      expect(
        refusal(() => apply('someone', dataOf({ a: '5' }), live)).code,
      ).toBe(409);
    });
  });
});
