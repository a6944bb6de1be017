import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import { readRecorded } from './__testUtils__/readRecorded';

const ALLOCATED = ['clusterIP', 'clusterIPs', 'nodePort'];

function withoutAllocated(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutAllocated);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, child]) => !ALLOCATED.includes(name) || child === 'None')
      .map(([name, child]) => [name, withoutAllocated(child)]),
  );
}

describe('a new object', () => {
  const test = new TestObjects();

  afterAll(() => test.close());

  it.each(
    readRecorded<{ sent: KubernetesObject; stored: object }>(
      'filled-in-objects.jsonl',
    ).map(
      ({ sent, stored }) =>
        [`${sent.kind} ${sent.metadata.name}`, sent, stored] as const,
    ),
  )(
    'is filled in as a real API server does it: %s',
    async (_, sent, stored) => {
      const objects = await test.open();
      const { object } = objects.create(typeOf(objects, sent), sent, {
        manager: 'test',
      });
      const { status: _status, metadata, ...rest } = object;
      const { name, namespace, labels } = metadata;
      expect(
        withoutAllocated({ ...rest, metadata: { name, namespace, labels } }),
      ).toEqual(withoutAllocated(stored));
    },
  );
});
