import { z } from 'zod/v3';
import { readFixture, readFixtureJson } from '../__testUtils__/fixtures';
import { parseQuantity } from '../parseQuantity';
import { readAutoscaler } from '../views/readAutoscaler';
import { autoscalerPolicy } from './autoscalerPolicy';
import { autoscalerPolicyOf } from './autoscalerPolicyOf';
import { stepAutoscaler } from './stepAutoscaler';
import { AutoscalerMemory } from './stepReplicas';

const timelineSchema = z.array(
  z.object({
    seconds: z.number(),
    currentReplicas: z.number(),
    desiredReplicas: z.number(),
    averageValue: z.string(),
    conditions: z.array(z.string()),
  }),
);

const policy = autoscalerPolicy({
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
  behavior: {
    scaleDown: {
      stabilizationWindowSeconds: 60,
      policies: [{ type: 'Pods', value: 2, periodSeconds: 30 }],
    },
  },
});

/** Runs `stepAutoscaler` over rates that are 15 s apart. */
function run(rates: number[], start: number, policyOfRun = policy) {
  let replicas = start;
  let memory: AutoscalerMemory | undefined;
  return rates.map((requestsPerSecond, index) => {
    const decision = stepAutoscaler(
      { at: index * 15, requestsPerSecond, replicas, memory },
      policyOfRun,
    );
    ({ replicas, memory } = decision);
    return decision;
  });
}

describe('stepAutoscaler', () => {
  it('decides at every sync of the recorded load as the live autoscaler did, with the same reasons', () => {
    const timeline = timelineSchema.parse(
      readFixtureJson('load/timeline.json'),
    );
    const recorded = autoscalerPolicyOf(
      readAutoscaler(readFixture('load/t063.hpa.json')),
      undefined,
    );
    if (!recorded) {
      throw new Error('the recorded autoscaler has no target');
    }
    let memory: AutoscalerMemory = { recommendations: [], rescales: [] };
    const decisions = timeline.map((moment, index) => {
      // The status names the average at the replicas that were divided by; right
      // after the last rescale that is still the count before it.
      const divisor =
        index === timeline.length - 1 ? 3 : moment.currentReplicas;
      const decision = stepAutoscaler(
        {
          at: index * 15,
          requestsPerSecond: parseQuantity(moment.averageValue) * divisor,
          replicas: moment.currentReplicas,
          memory,
        },
        recorded,
      );
      memory = decision.memory;
      return {
        seconds: moment.seconds,
        replicas: decision.replicas,
        ableToScale: decision.ableToScale,
        scalingLimited: decision.scalingLimited,
      };
    });
    expect(decisions).toEqual(
      timeline.map(moment => ({
        seconds: moment.seconds,
        replicas: moment.desiredReplicas,
        ableToScale: moment.conditions[0].split('/')[1],
        scalingLimited: moment.conditions[2].split('/')[1],
      })),
    );
  });

  it('replays steps up to the maximum: 2, 3, 4, 6, 10', () => {
    const decisions = run([150, 215, 223, 372, 585, 650, 928, 1500], 2);
    expect(decisions.map(({ replicas }) => replicas)).toEqual([
      2, 2, 3, 4, 6, 6, 10, 10,
    ]);
    expect(decisions[7].scalingLimited).toBe('TooManyReplicas');
  });

  it('waits out the window from the last high rate, then goes down by its policy', () => {
    const decisions = run(
      [1000, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50],
      10,
    );
    expect(decisions.map(({ replicas }) => replicas)).toEqual([
      10, 10, 10, 10, 8, 8, 6, 6, 4, 4, 2, 2, 2,
    ]);
    expect(decisions[1].ableToScale).toBe('ScaleDownStabilized');
    expect(decisions[4].scalingLimited).toBe('ScaleDownLimit');
    expect(decisions[12].scalingLimited).toBe('TooFewReplicas');
  });

  it('waits 300 s and then goes down at once without a behavior', () => {
    const plain = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
    });
    const counts = run([1000, ...Array(21).fill(50)], 10, plain).map(
      ({ replicas }) => replicas,
    );
    expect(counts.slice(0, 20)).toEqual(Array(20).fill(10));
    expect(counts.slice(20)).toEqual([2, 2]);
  });

  it('goes up only as far as the lowest recommendation of a scale-out window', () => {
    const patient = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 1,
      maxReplicas: 10,
      behavior: { scaleUp: { stabilizationWindowSeconds: 30 } },
    });
    const decisions = run([200, 400, 500, 500], 2, patient);
    expect(decisions.map(({ replicas }) => replicas)).toEqual([2, 2, 4, 5]);
    expect(decisions[1].ableToScale).toBe('ScaleUpStabilized');
  });

  it('counts what was added within a period against the limit of the next step', () => {
    const slow = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 1,
      maxReplicas: 10,
      behavior: {
        scaleUp: {
          policies: [{ type: 'Pods', value: 2, periodSeconds: 30 }],
        },
      },
    });
    const decisions = run([900, 900, 900], 2, slow);
    expect(decisions.map(({ replicas }) => replicas)).toEqual([4, 4, 6]);
    expect(decisions[1].scalingLimited).toBe('ScaleUpLimit');
  });

  it('names the scale-in window alone as what it waits for without a behavior', () => {
    const plain = autoscalerPolicy({
      requestsPerSecondPerReplica: 100,
      minReplicas: 2,
      maxReplicas: 10,
    });
    // 10 replicas were asked for before somebody set the count to 5: the window
    // holds more than the rate's 6, which are still more than there are.
    const decision = stepAutoscaler(
      {
        at: 100,
        requestsPerSecond: 600,
        replicas: 5,
        memory: {
          recommendations: [{ at: 85, replicas: 10 }],
          rescales: [],
        },
      },
      plain,
    );
    expect(decision).toMatchObject({
      replicas: 10,
      ableToScale: 'SucceededRescale',
    });
    const held = stepAutoscaler(
      {
        at: 100,
        requestsPerSecond: 1100,
        replicas: 10,
        memory: {
          recommendations: [{ at: 85, replicas: 12 }],
          rescales: [],
        },
      },
      plain,
    );
    expect(held).toMatchObject({
      replicas: 10,
      ableToScale: 'ScaleDownStabilized',
      scalingLimited: 'TooManyReplicas',
    });
  });

  it('brings a count outside the bounds back at once', () => {
    expect(run([50], 1)[0]).toMatchObject({
      replicas: 2,
      ableToScale: 'SucceededRescale',
    });
  });

  it.each([
    [1, 2, 1],
    [12, 10, -2],
  ])(
    'remembers bringing %d replicas back to %d as a rescale, not as a recommendation',
    (replicas, bounded, change) => {
      const before = {
        recommendations: [{ at: 85, replicas: 4 }],
        rescales: [],
      };
      const { memory } = stepAutoscaler(
        { at: 100, requestsPerSecond: 400, replicas, memory: before },
        policy,
      );
      expect(memory).toEqual({
        recommendations: before.recommendations,
        rescales: [{ at: 100, change }],
      });
      expect(
        stepAutoscaler(
          { at: 115, requestsPerSecond: 400, replicas: bounded, memory },
          autoscalerPolicy({
            requestsPerSecondPerReplica: 100,
            minReplicas: 2,
            maxReplicas: 10,
          }),
        ).replicas,
      ).toBe(4);
    },
  );
});
