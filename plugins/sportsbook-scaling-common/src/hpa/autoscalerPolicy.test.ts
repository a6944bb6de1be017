import { autoscalerPolicy } from './autoscalerPolicy';

describe('autoscalerPolicy', () => {
  const bounds = { minReplicas: 2, maxReplicas: 10 };

  it('fills the half of a behavior that is left out as the API server does', () => {
    const { behavior } = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      ...bounds,
      behavior: { scaleDown: { stabilizationWindowSeconds: 120 } },
    });
    expect(behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: 120,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    });
  });

  it.each([0, -1, Number.NaN, 0.0001])('refuses a target of %d', target => {
    expect(() =>
      autoscalerPolicy({ requestsPerSecondPerReplica: target, ...bounds }),
    ).toThrow(
      `requestsPerSecondPerReplica is ${target}; it must be at least 0.001`,
    );
  });

  it('refuses a minimum above the maximum', () => {
    expect(() =>
      autoscalerPolicy({
        requestsPerSecondPerReplica: 100,
        minReplicas: 11,
        maxReplicas: 10,
      }),
    ).toThrow('minReplicas is 11, above maxReplicas 10');
  });
});
