import { hpa, scaledObject } from '../__testUtils__/underLoad';
import { scaleTargetRef } from './scaleTargetRef';

const target = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'sb-api',
  namespace: 'rev',
};

describe('scaleTargetRef', () => {
  it('reads the target of a ScaledObject and of its autoscaler alike', () => {
    expect(scaleTargetRef(scaledObject)).toEqual(target);
    expect(scaleTargetRef(hpa)).toEqual(target);
  });

  it('takes a Deployment where a new ScaledObject names none', () => {
    expect(scaleTargetRef({ ...scaledObject, status: undefined })).toEqual(
      target,
    );
  });

  it('believes what KEDA resolved before what the spec says', () => {
    expect(
      scaleTargetRef({
        ...scaledObject,
        status: {
          scaleTargetGVKR: {
            group: 'argoproj.io',
            version: 'v1alpha1',
            kind: 'Rollout',
            resource: 'rollouts',
          },
        },
      }),
    ).toEqual({
      ...target,
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
    });
  });

  it('knows no target of an object without one', () => {
    expect(scaleTargetRef({ ...scaledObject, spec: {} })).toBeUndefined();
  });
});
