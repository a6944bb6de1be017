import { z } from 'zod/v3';
import { readFixtureJson } from '../__testUtils__/fixtures';
import { RatePoint } from '../snapshot';
import { autoscalerPolicy } from './autoscalerPolicy';
import { predictReplicas } from './predictReplicas';

const matrixSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

/** The recorded rates of all pods, summed at each time. */
function recordedRates(): RatePoint[] {
  const totals = new Map<number, number>();
  for (const { values } of matrixSchema.parse(
    readFixtureJson('load/prometheus-query_range-by-pod.json'),
  ).data.result) {
    for (const [at, rate] of values) {
      totals.set(at, (totals.get(at) ?? 0) + Number(rate));
    }
  }
  return [...totals]
    .map(([at, requestsPerSecond]) => ({ at, requestsPerSecond }))
    .sort((a, b) => a.at - b.at);
}

const policy = autoscalerPolicy({
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
  behavior: {
    scaleDown: {
      stabilizationWindowSeconds: 30,
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    },
  },
});

describe('predictReplicas', () => {
  it('turns the rates of the recorded load into 2, 3 and no further, then 2 again', () => {
    const counts = predictReplicas({
      rates: recordedRates(),
      startReplicas: 2,
      policy,
    }).map(({ replicas }) => replicas);
    const steps = counts.filter(
      (count, i) => i === 0 || count !== counts[i - 1],
    );
    expect(steps).toEqual([2, 3, 2]);
  });

  it('gives four replicas for the same rates at 70 requests/s per replica', () => {
    const counts = predictReplicas({
      rates: recordedRates(),
      startReplicas: 2,
      policy: { ...policy, requestsPerSecondPerReplica: 70 },
    }).map(({ replicas }) => replicas);
    expect(Math.max(...counts)).toBe(4);
  });

  it('gives one point per sync, each from the latest rate before it', () => {
    expect(
      predictReplicas({
        rates: [
          { at: 1000, requestsPerSecond: 100 },
          { at: 1016, requestsPerSecond: 300 },
          { at: 1031, requestsPerSecond: 300 },
        ],
        startReplicas: 2,
        policy,
      }),
    ).toEqual([
      { at: 1000, replicas: 2 },
      { at: 1015, replicas: 2 },
      { at: 1030, replicas: 3 },
    ]);
  });

  it('predicts nothing from no rates', () => {
    expect(predictReplicas({ rates: [], startReplicas: 2, policy })).toEqual(
      [],
    );
  });

  it('refuses a sync period that would never end', () => {
    expect(() =>
      predictReplicas({ rates: [], startReplicas: 2, policy, syncSeconds: 0 }),
    ).toThrow('syncSeconds is 0; it must be above 0');
  });
});
