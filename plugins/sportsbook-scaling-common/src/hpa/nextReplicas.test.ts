import fc from 'fast-check';
import { autoscalerPolicy, ScalingRate } from './autoscalerPolicy';
import { nextReplicas } from './nextReplicas';
import { replicaLevels } from './replicaLevels';

const walkThrough = autoscalerPolicy({
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
});

const anyPolicy = fc
  .record({
    requestsPerSecondPerReplica: fc.integer({ min: 1, max: 2000 }),
    bounds: fc.tuple(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
    ),
    toleranceUp: fc.constantFrom(0, 0.05, 0.1, 0.25),
    toleranceDown: fc.constantFrom(0, 0.05, 0.1, 0.25),
    behavior: fc.option(
      fc.record({
        scaleUp: fc.record({
          policies: fc.constantFrom<ScalingRate[][]>(
            [{ type: 'Pods', value: 4, periodSeconds: 15 }],
            [{ type: 'Percent', value: 50, periodSeconds: 60 }],
          ),
        }),
        scaleDown: fc.record({
          policies: fc.constantFrom<ScalingRate[][]>(
            [{ type: 'Pods', value: 2, periodSeconds: 60 }],
            [{ type: 'Percent', value: 100, periodSeconds: 15 }],
          ),
        }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ bounds: [minReplicas, more], ...rest }) =>
    autoscalerPolicy({
      ...rest,
      minReplicas,
      maxReplicas: minReplicas + more,
    }),
  );

const anyRate = fc.double({ min: 0, max: 150_000, noNaN: true });

describe('nextReplicas', () => {
  it.each([
    [215, 2, 2],
    [223, 2, 3],
    [372, 3, 4],
    [585, 4, 6],
    [650, 6, 6],
    [928, 6, 10],
    [1500, 10, 10],
    [249.946, 2, 3],
    [249.858, 3, 3],
  ])(
    'decides as a live autoscaler did: %d requests/s on %d replicas gives %d',
    (rate, replicas, expected) => {
      expect(nextReplicas(rate, replicas, walkThrough)).toBe(expected);
    },
  );

  it('holds at exactly the tolerance and moves a thousandth beyond it', () => {
    expect(nextReplicas(330, 3, walkThrough)).toBe(3);
    expect(nextReplicas(330.001, 3, walkThrough)).toBe(4);
    expect(nextReplicas(900, 10, walkThrough)).toBe(10);
    expect(nextReplicas(899.999, 10, walkThrough)).toBe(9);
  });

  it('adds a replica for every target without a tolerance', () => {
    const strict = { ...walkThrough, toleranceUp: 0 };
    expect(nextReplicas(200, 2, strict)).toBe(2);
    expect(nextReplicas(200.001, 2, strict)).toBe(3);
  });

  it('at most doubles, or goes to 4, without a behavior', () => {
    const wide = { ...walkThrough, minReplicas: 1, maxReplicas: 100 };
    expect(nextReplicas(9000, 1, wide)).toBe(4);
    expect(nextReplicas(9000, 5, wide)).toBe(10);
  });

  it('takes the larger of 4 more and twice as many with the default behavior', () => {
    const wide = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 1,
      maxReplicas: 100,
      behavior: {},
    });
    expect(nextReplicas(9000, 1, wide)).toBe(5);
    expect(nextReplicas(9000, 5, wide)).toBe(10);
  });

  it('goes down by no more than a scale-in policy allows', () => {
    const gentle = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
      behavior: {
        scaleDown: {
          policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }],
        },
      },
    });
    expect(nextReplicas(50, 10, gentle)).toBe(8);
    expect(nextReplicas(50, 3, gentle)).toBe(2);
  });

  it('goes by the slower of two policies where selectPolicy is Min', () => {
    const policies = [
      { type: 'Pods' as const, value: 1, periodSeconds: 60 },
      { type: 'Percent' as const, value: 50, periodSeconds: 60 },
    ];
    const slow = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 1,
      maxReplicas: 50,
      behavior: {
        scaleUp: { selectPolicy: 'Min', policies },
        scaleDown: { selectPolicy: 'Min', policies },
      },
    });
    expect(nextReplicas(5000, 10, slow)).toBe(11);
    expect(nextReplicas(0, 10, slow)).toBe(9);
  });

  it('stays in a direction that is disabled', () => {
    const onlyDown = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
      behavior: { scaleUp: { selectPolicy: 'Disabled' } },
    });
    expect(nextReplicas(900, 3, onlyDown)).toBe(3);
    expect(nextReplicas(100, 3, onlyDown)).toBe(2);
  });

  it('counts what is no rate as 0', () => {
    expect(nextReplicas(Number.NaN, 4, walkThrough)).toBe(2);
    expect(nextReplicas(-5, 4, walkThrough)).toBe(2);
  });

  it('leaves a workload alone that somebody scaled to 0', () => {
    expect(nextReplicas(500, 0, walkThrough)).toBe(0);
  });

  it('brings replicas outside the bounds back without looking at the rate', () => {
    expect(nextReplicas(5000, 1, walkThrough)).toBe(2);
    expect(nextReplicas(0, 12, walkThrough)).toBe(10);
  });

  it('never leaves the bounds', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyRate,
        fc.integer({ min: 1, max: 130 }),
        (policy, rate, replicas) => {
          const next = nextReplicas(rate, replicas, policy);
          return next >= policy.minReplicas && next <= policy.maxReplicas;
        },
      ),
    );
  });

  it('never gives fewer replicas for a higher rate', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyRate,
        anyRate,
        fc.integer({ min: 1, max: 130 }),
        (policy, a, b, replicas) =>
          nextReplicas(Math.min(a, b), replicas, policy) <=
          nextReplicas(Math.max(a, b), replicas, policy),
      ),
    );
  });

  it('stays put between its own levels and moves beyond them', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (policy, position, within) => {
          const { minReplicas, maxReplicas } = policy;
          const replicas =
            minReplicas + Math.round(position * (maxReplicas - minReplicas));
          const levels = replicaLevels(replicas, policy);
          const low = (levels.scaleInAtRequestsPerSecond ?? -0.001) + 0.001;
          const high =
            levels.scaleOutAboveRequestsPerSecond ??
            policy.requestsPerSecondPerReplica * maxReplicas * 2;
          const held = low + within * (high - low);
          const {
            scaleOutAboveRequestsPerSecond: above,
            scaleInAtRequestsPerSecond: at,
          } = levels;
          return (
            nextReplicas(held, replicas, policy) === replicas &&
            (above === undefined ||
              nextReplicas(above + 0.001, replicas, policy) ===
                levels.scaleOutTo) &&
            (at === undefined ||
              nextReplicas(at, replicas, policy) === levels.scaleInTo)
          );
        },
      ),
    );
  });

  it('reaches a count for a steady rate that it then keeps', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyRate,
        fc.integer({ min: 1, max: 120 }),
        (policy, rate, start) => {
          let replicas = start;
          for (let step = 0; step < 200; step += 1) {
            replicas = nextReplicas(rate, replicas, policy);
          }
          return nextReplicas(rate, replicas, policy) === replicas;
        },
      ),
    );
  });
});
