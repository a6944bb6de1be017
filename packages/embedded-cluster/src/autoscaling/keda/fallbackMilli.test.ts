import { fallbackMilli } from './fallbackMilli';

const average = { threshold: 0.5, metricType: 'AverageValue' as const };
const counts = { currentReplicas: 6, readyReplicas: 3 };

describe('fallbackMilli', () => {
  it('is the target times the replicas, so that the autoscaler comes to them', () => {
    expect(
      fallbackMilli({ failureThreshold: 1, replicas: 4 }, average, counts),
    ).toBe(2000);
  });

  it('divides by the ready replicas for a target of all together', () => {
    expect(
      fallbackMilli(
        { failureThreshold: 1, replicas: 4 },
        { threshold: 90, metricType: 'Value' },
        counts,
      ),
    ).toBe(120_000);
  });

  it('cannot divide while none is ready', () => {
    expect(() =>
      fallbackMilli(
        { failureThreshold: 1, replicas: 4 },
        { threshold: 90, metricType: 'Value' },
        { ...counts, readyReplicas: 0 },
      ),
    ).toThrow('error performing fallback');
  });
});
