import {
  prometheusDown,
  scalingOut,
  underLoad,
} from '../__fixtures__/snapshots';
import { scalingFigures } from './scalingFigures';

describe('scalingFigures', () => {
  it('joins what ScaledObject, autoscaler, workload and Prometheus know', () => {
    expect(scalingFigures(underLoad)).toEqual({
      requestsPerSecond: 250.0024,
      currentReplicas: 3,
      desiredReplicas: 3,
      minReplicas: 2,
      maxReplicas: 10,
      perReplica: { average: 83.334, threshold: 100, source: 'autoscaler' },
      tolerance: { up: 0.1, down: 0.1 },
    });
  });

  it('counts replicas that serve, and those that were asked for, apart', () => {
    expect(scalingFigures(scalingOut)).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 3,
    });
  });

  it('still knows the replicas while Prometheus is down', () => {
    const figures = scalingFigures(prometheusDown);
    expect(figures).toMatchObject({ currentReplicas: 4, maxReplicas: 10 });
    expect(figures.requestsPerSecond).toBeUndefined();
    expect(figures.perReplica).toBeUndefined();
  });

  it('divides the total itself while the autoscaler has read nothing', () => {
    const { perReplica } = scalingFigures({
      ...underLoad,
      autoscaler: { status: 'absent', message: 'not there', since: 0 },
    });
    expect(perReplica).toEqual({
      average: 250.0024 / 3,
      threshold: 100,
      source: 'division',
    });
  });

  it('does not divide by no replicas', () => {
    const { perReplica } = scalingFigures({
      ...underLoad,
      autoscaler: { status: 'absent', message: 'not there', since: 0 },
      workload: {
        status: 'ok',
        observedAt: 0,
        value: {
          kind: 'Deployment',
          name: 'odds-api',
          desiredReplicas: 2,
          readyReplicas: 0,
          updatedReplicas: 2,
        },
      },
    });
    expect(perReplica).toBeUndefined();
  });

  it('takes the minimum from the ScaledObject, as the autoscaler knows no 0', () => {
    const scaledObject = underLoad.scaledObject;
    if (scaledObject.status !== 'ok') {
      throw new Error('the fixture has changed');
    }
    const { minReplicas } = scalingFigures({
      ...underLoad,
      scaledObject: {
        ...scaledObject,
        value: { ...scaledObject.value, minReplicas: 0 },
      },
    });
    expect(minReplicas).toBe(0);
  });
});
