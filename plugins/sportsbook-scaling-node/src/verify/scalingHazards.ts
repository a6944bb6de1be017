import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { promqlSelectors } from './promqlSelectors';

/** Scrapes that a window should hold: two give a rate, four outlast missed ones. */
export const SCRAPES_PER_WINDOW = 4;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Labels of which one tells a service's series from those of others. */
const SCOPES = [
  'namespace',
  'kubernetes_namespace',
  'service',
  'job',
  'app',
  'pod',
  'instance',
];

const schema = z.object({
  spec: z.object({
    advanced: z
      .object({
        horizontalPodAutoscalerConfig: z
          .object({
            behavior: z
              .object({ scaleDown: z.object({}).passthrough().nullish() })
              .nullish(),
          })
          .nullish(),
      })
      .nullish(),
    fallback: z.object({}).passthrough().nullish(),
    triggers: z.array(
      z.object({
        type: z.string(),
        metricType: z.string().nullish(),
        metadata: z.record(z.string()).nullish(),
      }),
    ),
  }),
});

/**
 * What lets a ScaledObject scale today and hurts another day: each a sentence
 * with what to do about it, without a full stop.
 *
 * @param options.scrapeIntervalSeconds - of the service's targets, where known
 */
export function scalingHazards(
  object: KubernetesObject,
  options: { scrapeIntervalSeconds?: number } = {},
): string[] {
  const parsed = schema.safeParse(object);
  if (!parsed.success) {
    return [];
  }
  const { advanced, fallback, triggers } = parsed.data.spec;
  const trigger = triggers.find(({ type }) => type === 'prometheus');
  const metadata = trigger?.metadata ?? {};
  const selectors = promqlSelectors(metadata.query ?? '');
  const wide = selectors.find(
    ({ labels }) => !labels.some(label => SCOPES.includes(label)),
  );
  const { scrapeIntervalSeconds } = options;
  const wanted = SCRAPES_PER_WINDOW * (scrapeIntervalSeconds ?? 0);
  const narrow = selectors.find(
    ({ windowSeconds }) =>
      windowSeconds !== undefined && windowSeconds < wanted,
  );
  const { annotations = {} } = object.metadata;
  return [
    trigger !== undefined && metadata.ignoreNullValues !== 'false'
      ? 'a query without a result counts as 0 requests/s, so that a scrape outage scales in at the worst moment: set ignoreNullValues: "false" and a fallback'
      : undefined,
    wide === undefined
      ? undefined
      : `${wide.text} names neither namespace nor service, so that the requests of other services count too: add both labels`,
    narrow === undefined
      ? undefined
      : `the window of ${narrow.text} is ${narrow.windowSeconds} s at one scrape each ${scrapeIntervalSeconds} s, so that a missed scrape leaves no rate: use at least ${wanted} s`,
    advanced?.horizontalPodAutoscalerConfig?.behavior?.scaleDown
      ? undefined
      : 'it scales in by all replicas at once after 300 s of calm, and may flap: set policies in advanced.horizontalPodAutoscalerConfig.behavior.scaleDown',
    fallback && trigger && !trigger.metricType
      ? 'its fallback relies on a default metricType, which KEDA 2.17.0 refuses: write metricType: AverageValue'
      : undefined,
    LAST_APPLIED in annotations
      ? `KEDA copies the annotation ${LAST_APPLIED} to its autoscaler: apply by server-side apply, and remove the annotation`
      : undefined,
  ].filter(hazard => hazard !== undefined);
}
