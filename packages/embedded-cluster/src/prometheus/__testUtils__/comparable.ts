import { z } from 'zod';

const pointSchema = z.tuple([z.number(), z.string()]);
const metricSchema = z.record(z.string(), z.string());
const dataSchema = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('scalar'), result: pointSchema }),
  z.object({ resultType: z.literal('string'), result: pointSchema }),
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: metricSchema, value: pointSchema })),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: metricSchema, values: z.array(pointSchema) }),
    ),
  }),
]);
const answerSchema = z.object({
  status: z.string(),
  errorType: z.string().optional(),
  data: dataSchema.optional(),
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
});

type Points = z.output<typeof pointSchema>[];

/** How far buckets had to be bent to rise is counted by each server in its own way. */
const BENT = /, from buckets .* \(/;
/** Their order is the answer; that of the others is by chance. */
const IS_ORDERED = /^(sort|sort_desc|topk|bottomk)\(/;
const RELATIVE_TOLERANCE = 1e-9;

/** An answer of Prometheus, with its values beside everything else. */
export interface Comparable {
  shape: unknown;
  values: readonly string[];
}

function elementsOf(
  data: z.output<typeof dataSchema>,
): { key: string; points: Points }[] {
  switch (data.resultType) {
    case 'vector':
    case 'matrix':
      return data.result.map(one => ({
        key: JSON.stringify(Object.entries(one.metric).sort()),
        points: 'values' in one ? one.values : [one.value],
      }));
    default:
      return [{ key: '', points: [data.result] }];
  }
}

export function comparable(body: unknown, query: string): Comparable {
  const answer = answerSchema.parse(body);
  const elements = answer.data ? elementsOf(answer.data) : [];
  if (answer.data?.resultType !== 'vector' || !IS_ORDERED.test(query)) {
    elements.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
  return {
    shape: {
      status: answer.status,
      errorType: answer.errorType,
      resultType: answer.data?.resultType,
      elements: elements.map(({ key, points }) => [
        key,
        points.map(([time]) => time),
      ]),
      warnings: answer.warnings,
      infos: answer.infos.map(text => text.replace(BENT, ' (')),
    },
    values: elements.flatMap(({ points }) => points.map(([, value]) => value)),
  };
}

function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

function isSame(ours: string, theirs: string): boolean {
  const [a, b] = [numberOf(ours), numberOf(theirs)];
  const size = Math.max(Math.abs(a), Math.abs(b), 1e-12);
  return ours === theirs || Math.abs(a - b) <= RELATIVE_TOLERANCE * size;
}

/** Pairs of values that are not the same, but for rounding. */
export function differingValues(
  ours: Comparable,
  theirs: Comparable,
): string[] {
  return ours.values
    .map((value, index) => [value, theirs.values[index]])
    .filter(([a, b]) => b === undefined || !isSame(a, b))
    .map(([a, b]) => `${a} instead of ${b}`);
}
