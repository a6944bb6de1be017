import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { builtIn } from './__testUtils__/types';
import { applyConfiguration } from './applyConfiguration';
import { jsonPatch } from './patches/jsonPatch';
import { mergePatch } from './patches/mergePatch';
import { strategicMergePatch } from './patches/strategicMergePatch';

const configMap = builtIn('ConfigMap');

/** As requests are read: so `__proto__` is a member like any other. */
function holding(name: string, text: string): KubernetesObject {
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'n' },
      data: { kept: '1', NAME: text },
    }).replace('NAME', name),
  );
}

function apply(
  applied: KubernetesObject,
  live: KubernetesObject | undefined,
): KubernetesObject {
  return applyConfiguration({
    live,
    applied,
    manager: 'm',
    force: false,
    type: configMap,
    nowMilliseconds: 0,
  });
}

function dataOf({ data }: Record<string, unknown>): string {
  return JSON.stringify(data);
}

describe.each(['__proto__', 'constructor', 'toString', 'prototype'])(
  'A member that is called %s',
  name => {
    const one = holding(name, '1');
    const two = holding(name, '2');
    const { data } = two;
    const without = {
      ...one,
      data: { kept: '1' },
    };

    it('is applied, changed and taken away again', () => {
      const created = apply(one, undefined);
      const changed = apply(two, created);

      expect(dataOf(created)).toBe(dataOf(one));
      expect(dataOf(changed)).toBe(dataOf(two));
      expect(dataOf(apply(without, changed))).toBe('{"kept":"1"}');
    });

    it('is added by merge patches', () => {
      expect(dataOf(mergePatch(without, { data }))).toBe(dataOf(two));
      expect(
        dataOf(strategicMergePatch(without, { data }, configMap.schema)),
      ).toBe(dataOf(two));
      expect(dataOf(mergePatch({}, { data }))).toBe(dataOf(two));
      expect(dataOf(strategicMergePatch({}, { data }, configMap.schema))).toBe(
        dataOf(two),
      );
    });

    it('is added, tested, copied and removed by a JSON patch', () => {
      const path = `/data/${name}`;

      expect(
        dataOf(jsonPatch(without, [{ op: 'add', path, value: '2' }])),
      ).toBe(dataOf(two));
      expect(
        dataOf(
          jsonPatch(one, [
            { op: 'test', path, value: '1' },
            { op: 'replace', path, value: '2' },
          ]),
        ),
      ).toBe(dataOf(two));
      expect(
        dataOf(jsonPatch(without, [{ op: 'copy', from: '/data/kept', path }])),
      ).toBe(dataOf(one));
      expect(dataOf(jsonPatch(one, [{ op: 'remove', path }]))).toBe(
        '{"kept":"1"}',
      );
      expect(() => jsonPatch(without, [{ op: 'remove', path }])).toThrow(
        'the server rejected our request',
      );
    });

    it('is reached through by a JSON patch', () => {
      const path = `/${name}/inner`;
      const object = JSON.parse(`{"${name}":{"inner":1}}`);

      expect(
        JSON.stringify(jsonPatch(object, [{ op: 'replace', path, value: 2 }])),
      ).toBe(`{"${name}":{"inner":2}}`);
      expect(() =>
        jsonPatch({ inner: 1 }, [{ op: 'test', path, value: 1 }]),
      ).toThrow('the server rejected our request');
    });
  },
);
