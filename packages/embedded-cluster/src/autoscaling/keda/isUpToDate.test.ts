import { isUpToDate } from './isUpToDate';

function autoscaler(behavior?: object, maxReplicas = 10) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'a', labels: { a: 'b' } },
    spec: { maxReplicas, ...(behavior && { behavior }) },
  };
}

/** What the API server makes of `{scaleDown: {stabilizationWindowSeconds: 60}}`. */
const filled = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 60,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  },
};

describe('isUpToDate', () => {
  it('overlooks what the API server fills in', () => {
    expect(
      isUpToDate(
        autoscaler(filled),
        autoscaler({ scaleDown: { stabilizationWindowSeconds: 60 } }),
      ),
    ).toBe(true);
    expect(isUpToDate(autoscaler(), autoscaler())).toBe(true);
  });

  it.each([
    ['a bound', autoscaler(undefined, 11)],
    ['a behavior that comes', autoscaler({})],
    ['a label', { ...autoscaler(), metadata: { name: 'a', labels: {} } }],
  ])('sees %s', (_, wanted) => {
    expect(isUpToDate(autoscaler(), wanted)).toBe(false);
  });

  it('sees a direction that is no longer paused, and a behavior that goes', () => {
    const paused = autoscaler({
      ...filled,
      scaleDown: { ...filled.scaleDown, selectPolicy: 'Disabled' },
    });
    expect(
      isUpToDate(
        paused,
        autoscaler({ scaleDown: { stabilizationWindowSeconds: 60 } }),
      ),
    ).toBe(false);
    expect(isUpToDate(paused, autoscaler())).toBe(false);
  });
});
