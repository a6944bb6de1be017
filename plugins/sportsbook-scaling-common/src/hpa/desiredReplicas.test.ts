import { replicasForTotal } from './desiredReplicas';

const tolerance = { toleranceUp: 0.1, toleranceDown: 0.1 };

describe('replicasForTotal', () => {
  it.each([
    [1.1, 4],
    [0.9, 4],
    [1.2, 5],
    [0.5, 2],
    [0, 0],
  ])(
    'asks at %d of the target for %d instead of 4 replicas',
    (ratio, wanted) => {
      expect(
        replicasForTotal(ratio, { replicas: 4, readyPods: 4 }, tolerance),
      ).toBe(wanted);
    },
  );

  it('multiplies the pods that are ready, not those that are asked for', () => {
    expect(replicasForTotal(2, { replicas: 4, readyPods: 3 }, tolerance)).toBe(
      6,
    );
  });

  it('asks without replicas for as many as the target fits in', () => {
    expect(
      replicasForTotal(2.5, { replicas: 0, readyPods: 0 }, tolerance),
    ).toBe(3);
  });
});
