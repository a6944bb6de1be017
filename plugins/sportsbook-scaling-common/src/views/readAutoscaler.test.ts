import { readFixture } from '../__testUtils__/fixtures';
import { object } from '../__testUtils__/object';
import { readAutoscaler } from './readAutoscaler';

describe('readAutoscaler', () => {
  it('reads the moment at which the recorded load was answered with a third replica', () => {
    const view = readAutoscaler(readFixture('load/t063.hpa.json'));
    expect(view).toMatchObject({
      name: 'keda-hpa-sb-api',
      currentReplicas: 2,
      desiredReplicas: 3,
      minReplicas: 2,
      maxReplicas: 10,
      averageRequestsPerSecond: 124.973,
      targetRequestsPerSecondPerReplica: 100,
      toleranceUp: 0.1,
      toleranceDown: 0.1,
      lastScaleAt: Date.parse('2026-11-23T23:46:52Z') / 1000,
    });
    expect(view.conditions).toContainEqual({
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededRescale',
      message: 'the HPA controller was able to update the target scale to 3',
      lastTransitionAt: Date.parse('2026-11-23T23:16:49Z') / 1000,
    });
    expect(view.behavior?.scaleDown).toEqual({
      stabilizationWindowSeconds: 30,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    });
  });

  it.each(['prometheus-down-no-fallback', 'min-zero-idle'])(
    'has no average where the metric has no value: %s',
    state => {
      expect(
        readAutoscaler(readFixture(`states/${state}.hpa.json`)),
      ).not.toHaveProperty('averageRequestsPerSecond');
    },
  );

  it('has an average of 0 where the rate is 0', () => {
    expect(
      readAutoscaler(readFixture('states/fresh.hpa.json'))
        .averageRequestsPerSecond,
    ).toBe(0);
  });

  it('sees the direction that a pause disables', () => {
    const { behavior } = readAutoscaler(
      readFixture('states/paused-scale-out.hpa.json'),
    );
    expect(behavior?.scaleUp.selectPolicy).toBe('Disabled');
    expect(behavior?.scaleDown.selectPolicy).toBe('Max');
  });

  it('reads tolerances, which travel as quantities', () => {
    expect(
      readAutoscaler(
        object('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: {
            maxReplicas: 5,
            behavior: {
              scaleUp: { tolerance: '0' },
              scaleDown: { tolerance: '50m' },
            },
          },
        }),
      ),
    ).toMatchObject({ toleranceUp: 0, toleranceDown: 0.05, minReplicas: 1 });
  });

  it('passes over metrics of other types', () => {
    const external = (averageValue: string) => ({
      metric: { name: 's0-prometheus' },
      target: { type: 'AverageValue', averageValue },
      current: { averageValue },
    });
    expect(
      readAutoscaler(
        object('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: {
            maxReplicas: 5,
            metrics: [
              { type: 'Resource', resource: { name: 'cpu' } },
              { type: 'External', external: external('9k') },
            ],
          },
          status: {
            currentMetrics: [
              { type: 'Resource', resource: { name: 'cpu' } },
              { type: 'External', external: external('4500') },
            ],
          },
        }),
      ),
    ).toMatchObject({
      targetRequestsPerSecondPerReplica: 9000,
      averageRequestsPerSecond: 4500,
    });
  });

  it('names the field of a quantity that is none', () => {
    expect(() =>
      readAutoscaler(
        object('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: { maxReplicas: 5, behavior: { scaleUp: { tolerance: 'x' } } },
        }),
      ),
    ).toThrow(
      "spec.behavior.scaleUp.tolerance: 'x' is not a Kubernetes quantity",
    );
  });
});
