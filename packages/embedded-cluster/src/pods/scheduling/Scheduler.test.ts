import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { systemClock as clock } from '../../model/Clock';
import type { ResourceType } from '../../model/ResourceType';
import { createEventRecorder, openClusterObjects } from '../../objects';
import { Scheduler } from './Scheduler';

describe('Scheduler', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-scheduler-'));
  let objects: Awaited<ReturnType<typeof openClusterObjects>>;

  beforeAll(async () => {
    objects = await openClusterObjects({
      directory,
      clock,
      log: () => undefined,
    });
    create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'default' },
    });
  });

  afterAll(() => {
    objects.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function typeOf(kind: string): ResourceType {
    const type = objects.typeOf('v1', kind);
    if (!type) {
      throw new Error(`${kind} is not served`);
    }
    return type;
  }

  function create(object: KubernetesObject): KubernetesObject {
    const type = typeOf(object.kind);
    return objects.create(type, object, { manager: 'test' }).object;
  }

  function schedule(name: string, spec: Record<string, unknown> = {}) {
    const type = typeOf('Pod');
    const object = create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'main', image: 'any' }], ...spec },
    });
    const events = createEventRecorder({ objects, clock });
    const placed = new Scheduler(objects, events, clock).schedule(type, object);
    return { placed, pod: objects.get(type, { namespace: 'default', name }) };
  }

  it('gives a pod its node and leaves its generation at 1, as a binding does', () => {
    const { placed, pod } = schedule('bound');
    expect(placed).toBe(true);
    expect(pod).toMatchObject({
      metadata: { generation: 1 },
      spec: { nodeName: 'embedded' },
    });
  });

  it('says why a pod has no node, and leaves its generation at 1', () => {
    const { placed, pod } = schedule('picky', {
      nodeSelector: { disk: 'ssd' },
    });
    expect(placed).toBe(false);
    expect(pod).toMatchObject({
      metadata: { generation: 1 },
      status: {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            observedGeneration: 1,
          },
        ],
      },
    });
  });
});
