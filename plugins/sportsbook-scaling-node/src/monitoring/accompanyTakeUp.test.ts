import { objectRefOf } from '@sportsbook/plugin-sportsbook-scaling-common';
import { inBetting } from '../apply/__testUtils__/inBetting';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  prometheus,
  scaledObject,
  serviceMonitor,
} from '../testUtils/serviceManifests';
import { accompanyTakeUp } from './accompanyTakeUp';

describe('while a set is waited for', () => {
  const accompany = async (ageSeconds: number, withOwnServer = false) => {
    const client = new FakeCluster(['betting']);
    const objects = [
      inBetting(serviceMonitor),
      inBetting(
        scaledObject({ serverAddress: 'http://k8s.monitoring.svc:9090' }),
      ),
      ...(withOwnServer ? [inBetting(prometheus)] : []),
    ];
    objects.forEach(object => client.seed(object));
    const stored = await client.get(objectRefOf(objects[0]));
    const made = Date.parse(stored?.metadata.creationTimestamp ?? '');
    const steps: string[] = [];
    const over = new AbortController();
    await accompanyTakeUp({
      client,
      objects: objects.map(objectRefOf),
      configured: [],
      now: () => new Date(made + ageSeconds * 1000),
      onStep: line => {
        steps.push(line);
        over.abort();
      },
      signal: over.signal,
    });
    return steps;
  };

  it('the time that a running server still takes is said', async () => {
    expect(await accompany(20)).toEqual([
      'http://k8s.monitoring.svc:9090 may not scrape ScaledObject betting/odds yet: its monitor is new, and a server takes up to 75 s to see one: about 60 s are left',
    ]);
  });

  it('nothing is said of monitors that are known, nor of a server that starts with them', async () => {
    expect(await accompany(90)).toEqual([]);
    expect(await accompany(5, true)).toEqual([]);
  });
});
