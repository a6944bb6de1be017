import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { autoscalerRules } from './autoscalerRules';

function autoscaler(status: unknown): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'odds-api', namespace: 'betting' },
    status,
  };
}

describe('autoscalerRules.addNulls', () => {
  it('adds the metrics that are not there without writing to the stored status', () => {
    const stored = Object.freeze({ desiredReplicas: 3 });
    const object = autoscaler(stored);
    autoscalerRules.addNulls?.(object);
    expect(object.status).toEqual({ currentMetrics: null, desiredReplicas: 3 });
    expect(stored).toEqual({ desiredReplicas: 3 });
  });

  it('leaves a status that says what its metrics are', () => {
    const stored = Object.freeze({ currentMetrics: null, desiredReplicas: 3 });
    const object = autoscaler(stored);
    autoscalerRules.addNulls?.(object);
    expect(object.status).toBe(stored);
  });

  it('makes no status', () => {
    const object = autoscaler(undefined);
    autoscalerRules.addNulls?.(object);
    expect(object.status).toBeUndefined();
  });
});
