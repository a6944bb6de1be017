import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import type { StoredClusterObjects } from './StoredClusterObjects';

const definitions: KubernetesObject[] = JSON.parse(
  gunzipSync(
    readFileSync(
      join(__dirname, '__fixtures__', 'publishedDefinitions.json.gz'),
    ),
  ).toString('utf8'),
);
const test = new TestObjects();
let objects: StoredClusterObjects;

beforeAll(async () => {
  objects = await test.open();
});

afterAll(() => test.close());

describe('the definitions of the Prometheus operator and of KEDA', () => {
  it('are 16', () => {
    const groups = definitions.map(
      ({ spec }) => (spec as { group: string }).group,
    );
    expect(
      groups.filter(group => group === 'monitoring.coreos.com'),
    ).toHaveLength(10);
    expect(groups.filter(group => group.endsWith('keda.sh'))).toHaveLength(6);
  });

  it.each(definitions.map(one => [one.metadata.name, one] as const))(
    '%s is taken and served',
    (_, definition) => {
      const type = typeOf(objects, definition);
      objects.create(type, definition, { manager: 'm' });
      const { name } = definition.metadata;
      const object = objects.get(type, { name });
      expect(object.status).toMatchObject({
        conditions: expect.arrayContaining([
          expect.objectContaining({ type: 'Established', status: 'True' }),
        ]),
      });
    },
  );

  it('hold their objects to their rules', () => {
    const agent = {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'PrometheusAgent',
      metadata: { name: 'agent', namespace: 'default' },
      spec: { mode: 'DaemonSet', replicas: 2 },
    };
    expect(() =>
      objects.create(typeOf(objects, agent), agent, { manager: 'm' }),
    ).toThrow('replicas cannot be set when mode is DaemonSet');
  });
});
