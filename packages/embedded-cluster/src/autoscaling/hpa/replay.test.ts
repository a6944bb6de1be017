import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import {
  AutoscalingFixture,
  REAL_TIMING,
  type ScriptedAnswer,
} from '../__testUtils__/AutoscalingFixture';

const stepSchema = z.tuple([
  z.number(),
  z.union([z.number(), z.enum(['fail', 'empty']), z.null()]),
  z.number(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
]);

/** One autoscaler of the recording, with what it was told and did at each of its syncs. */
const recordingSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      replicas: z.number(),
      poll: z.number(),
      spec: z.record(z.string(), z.unknown()),
      steps: z.array(stepSchema),
    }),
  ),
});

const recording = recordingSchema.parse(
  JSON.parse(
    gunzipSync(
      readFileSync(
        join(__dirname, '..', '__fixtures__', 'ten-autoscalers.json.gz'),
      ),
    ).toString('utf8'),
  ),
);

/** What an autoscaler says of itself after a sync, in the recording's terms. */
function stateOf(fixture: AutoscalingFixture, name: string) {
  const { status } = fixture.hpa(name);
  const reasonOf = (type: string): string | null =>
    status.conditions.find(
      (condition: { type: string }) => condition.type === type,
    )?.reason ?? null;
  const [metric] = status.currentMetrics ?? [];
  return {
    replicas: fixture.replicas(name),
    desiredReplicas: status.desiredReplicas,
    averageValue:
      metric === undefined ? null : metric.external?.current.averageValue ?? '',
    AbleToScale: reasonOf('AbleToScale'),
    ScalingActive: reasonOf('ScalingActive'),
    ScalingLimited: reasonOf('ScalingLimited'),
  };
}

describe('ten ScaledObjects side by side, recorded for twenty minutes on a real cluster', () => {
  let fixture: AutoscalingFixture;
  const seen = new Map<string, ReturnType<typeof stateOf>[]>();

  beforeAll(async () => {
    fixture = await AutoscalingFixture.start(REAL_TIMING);
    let step = -1;
    fixture.answer = url => {
      const played = recording.cases.find(
        ({ name }) => url.pathname.split('/')[1] === name,
      );
      const value: ScriptedAnswer | null | undefined =
        step === -1 ? played?.poll : played?.steps[step][1];
      if (value === null || value === undefined) {
        throw new Error(
          `the real autoscaler of ${url.pathname} did not ask at step ${step}`,
        );
      }
      return value;
    };
    for (const { name, replicas, spec } of recording.cases) {
      fixture.deployment(name, replicas);
      fixture.scaledObject(name, spec);
      seen.set(name, []);
    }
    await fixture.advance(1);
    for (step = 0; step < recording.cases[0].steps.length; step += 1) {
      await fixture.advance(15);
      for (const { name } of recording.cases) {
        seen.get(name)?.push(stateOf(fixture, name));
      }
    }
  }, 120_000);

  afterAll(() => fixture.stop());

  it.each(recording.cases.map(({ name }) => name))(
    'are followed step by step: %s',
    name => {
      const played = recording.cases.find(each => each.name === name);
      expect(seen.get(name)).toEqual(
        played?.steps.map(
          ([
            ,
            ,
            desiredReplicas,
            averageValue,
            AbleToScale,
            ScalingActive,
            ScalingLimited,
          ]) => ({
            replicas: desiredReplicas,
            desiredReplicas,
            averageValue,
            AbleToScale,
            ScalingActive,
            ScalingLimited,
          }),
        ),
      );
      expect(played?.steps.length).toBe(81);
    },
  );

  it('move three times at least, so that the comparison means something', () => {
    for (const { name, steps } of recording.cases) {
      const moves = steps.filter(
        ([, , replicas], index) =>
          index > 0 && replicas !== steps[index - 1][2],
      );
      expect([name, moves.length >= 3]).toEqual([name, true]);
    }
  });
});
