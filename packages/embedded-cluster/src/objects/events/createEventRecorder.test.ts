import { configMap } from '../__testUtils__/objectsOf';
import { TestObjects, typeOf } from '../__testUtils__/openTestObjects';
import type { StoredClusterObjects } from '../StoredClusterObjects';
import { createEventRecorder } from './createEventRecorder';

const EVENT = { apiVersion: 'v1', kind: 'Event' };
const MINUTE = 60_000;

describe('createEventRecorder', () => {
  const test = new TestObjects();
  let objects: StoredClusterObjects;

  const events = () =>
    objects.list(typeOf(objects, EVENT), { namespace: 'default' }).items;

  beforeEach(async () => {
    objects = await test.open();
  });
  afterEach(() => {
    for (const event of events()) {
      objects.delete(typeOf(objects, EVENT), event.metadata, {});
    }
  });
  afterAll(() => test.close());

  it('writes an Event beside the object', () => {
    const object = configMap('one', {}, { uid: 'u1', resourceVersion: '7' });
    createEventRecorder({ objects, clock: test.clock }).record({
      object,
      type: 'Warning',
      reason: 'Broken',
      message: 'it broke',
      component: 'tester',
      fieldPath: 'data{a}',
    });
    expect(events()).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          name: expect.stringMatching(/^one\.[0-9a-f]{16}$/),
          namespace: 'default',
        }),
        involvedObject: {
          kind: 'ConfigMap',
          namespace: 'default',
          name: 'one',
          uid: 'u1',
          apiVersion: 'v1',
          resourceVersion: '7',
          fieldPath: 'data{a}',
        },
        type: 'Warning',
        reason: 'Broken',
        message: 'it broke',
        count: 1,
        source: { component: 'tester' },
        reportingComponent: 'tester',
      }),
    ]);
  });

  it('names the node that says it', () => {
    createEventRecorder({ objects, clock: test.clock }).record({
      object: configMap('one'),
      type: 'Normal',
      reason: 'Started',
      message: 'it started',
      component: 'kubelet',
      host: 'embedded',
    });
    expect(events()).toEqual([
      expect.objectContaining({
        source: { component: 'kubelet', host: 'embedded' },
        reportingInstance: 'embedded',
      }),
    ]);
  });

  it('writes an event with an action as clients of events.k8s.io do, and counts it in a series', () => {
    const recorder = createEventRecorder({ objects, clock: test.clock });
    const event = {
      object: configMap('one'),
      type: 'Normal' as const,
      reason: 'Scheduled',
      message: 'it has a node',
      component: 'scheduler',
      action: 'Binding',
    };
    recorder.record(event);
    const [first] = events();
    expect(first).toMatchObject({
      action: 'Binding',
      eventTime: expect.stringMatching(/\.\d{6}Z$/),
      firstTimestamp: null,
      lastTimestamp: null,
      source: {},
      reportingComponent: 'scheduler',
      reportingInstance: 'scheduler-embedded',
    });
    expect(first).not.toHaveProperty('count');
    recorder.record(event);
    expect(events()).toEqual([
      expect.objectContaining({
        series: { count: 2, lastObservedTime: first.eventTime },
      }),
    ]);
  });

  it('counts equal events up within ten minutes, and starts anew afterwards', () => {
    const recorder = createEventRecorder({ objects, clock: test.clock });
    const event = {
      object: configMap('one'),
      type: 'Normal' as const,
      reason: 'Again',
      message: 'it happened',
      component: 'tester',
    };
    recorder.record(event);
    test.clock.advance(9 * MINUTE);
    recorder.record(event);
    recorder.record({ ...event, message: 'something else' });
    expect(events().map(({ message, count }) => [message, count])).toEqual([
      ['it happened', 2],
      ['something else', 1],
    ]);
    test.clock.advance(11 * MINUTE);
    recorder.record(event);
    expect(events().map(({ count }) => count)).toEqual([2, 1, 1]);
  });

  it('does not fail where there is no namespace to write to', () => {
    const recorder = createEventRecorder({ objects, clock: test.clock });
    expect(() =>
      recorder.record({
        object: configMap('one', {}, { namespace: 'nowhere' }),
        type: 'Normal',
        reason: 'Lost',
        message: 'nobody will know',
        component: 'tester',
      }),
    ).not.toThrow();
    expect(objects.list(typeOf(objects, EVENT)).items).toEqual([]);
  });

  it('leaves events for an hour after they were last written', () => {
    createEventRecorder({ objects, clock: test.clock }).record({
      object: configMap('one'),
      type: 'Normal',
      reason: 'Old',
      message: 'it was long ago',
      component: 'tester',
    });
    test.clock.advance(59 * MINUTE);
    expect(events()).toHaveLength(1);
    test.clock.advance(3 * MINUTE);
    expect(events()).toEqual([]);
  });
});
