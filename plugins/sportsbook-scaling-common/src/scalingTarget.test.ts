import { Entity } from '@backstage/catalog-model';
import { isScalingAvailable, scalingTargetOf } from './scalingTarget';

const entity = (annotations?: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'odds-api', annotations },
});

const complete = {
  'backstage.io/kubernetes-id': 'odds-api',
  'backstage.io/kubernetes-namespace': 'betting',
  'backstage.io/kubernetes-cluster': 'dev',
};

describe('scalingTargetOf', () => {
  it('reads cluster, namespace and ScaledObject', () => {
    expect(scalingTargetOf(entity(complete))).toEqual({
      ok: true,
      target: {
        cluster: 'dev',
        namespace: 'betting',
        scaledObject: 'odds-api',
      },
    });
    expect(isScalingAvailable(entity(complete))).toBe(true);
  });

  it('prefers the annotation that names the ScaledObject', () => {
    expect(
      scalingTargetOf(
        entity({ ...complete, 'keda/scaled-object': 'odds-scaler' }),
      ),
    ).toMatchObject({ target: { scaledObject: 'odds-scaler' } });
  });

  it('names every annotation that is missing instead of guessing it', () => {
    expect(scalingTargetOf(entity())).toEqual({
      ok: false,
      missing: [
        'backstage.io/kubernetes-cluster',
        'backstage.io/kubernetes-namespace',
        'backstage.io/kubernetes-id',
      ],
    });
    expect(isScalingAvailable(entity())).toBe(false);
  });

  it('takes an empty annotation as missing', () => {
    expect(
      scalingTargetOf(
        entity({ ...complete, 'backstage.io/kubernetes-cluster': ' ' }),
      ),
    ).toEqual({ ok: false, missing: ['backstage.io/kubernetes-cluster'] });
  });
});
