import { z } from 'zod';
import { durationSeconds } from '../ports/durationSeconds';

/** Prometheus writes numbers as strings, so that NaN and infinities survive JSON. */
const sampleValue = z.string().transform((text, context) => {
  const special: Record<string, number> = {
    NaN: Number.NaN,
    '+Inf': Number.POSITIVE_INFINITY,
    Inf: Number.POSITIVE_INFINITY,
    '-Inf': Number.NEGATIVE_INFINITY,
  };
  const value =
    special[text] ?? (text.trim() === '' ? undefined : Number(text));
  if (value === undefined || (Number.isNaN(value) && text !== 'NaN')) {
    context.addIssue({ code: 'custom', message: `'${text}' is no number` });
    return z.NEVER;
  }
  return value;
});

const sample = z
  .tuple([z.number(), sampleValue])
  .transform(([at, value]) => ({ at, value }));

const labels = z.record(z.string(), z.string());

/** https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export const queryDataSchema = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: labels,
        // Absent where the series is a native histogram.
        value: sample.optional(),
      }),
    ),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: labels, values: z.array(sample).optional() }),
    ),
  }),
  z.object({ resultType: z.literal('scalar'), result: sample }),
  z.object({
    resultType: z.literal('string'),
    result: z.tuple([z.number(), z.string()]),
  }),
]);

export const targetsDataSchema = z.object({
  activeTargets: z
    .array(
      z
        .object({
          labels,
          scrapePool: z.string(),
          health: z.enum(['up', 'down', 'unknown']),
          lastError: z.string(),
          scrapeInterval: z.string().optional(),
        })
        .transform(({ scrapeInterval, ...target }) => ({
          ...target,
          scrapeIntervalSeconds:
            scrapeInterval === undefined
              ? undefined
              : durationSeconds(scrapeInterval),
        })),
    )
    .nullish()
    .transform(targets => targets ?? []),
});

/** The envelope of every answer; `data` is parsed by what was asked. */
export const answerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown() }),
  z.object({
    status: z.literal('error'),
    errorType: z.string(),
    error: z.string(),
  }),
]);
