import { z } from 'zod/v3';
import { UnixTimestampSeconds } from '../snapshot';
import { unixTimestamp } from '../views/unixTimestamp';

const time = z.string().nullish();

/** Fields of core/v1 and of events.k8s.io/v1, whose message is `note`. */
const schema = z.object({
  reason: z.string(),
  message: z.string().nullish(),
  note: z.string().nullish(),
  count: z.number().nullish(),
  deprecatedCount: z.number().nullish(),
  firstTimestamp: time,
  lastTimestamp: time,
  deprecatedFirstTimestamp: time,
  deprecatedLastTimestamp: time,
  eventTime: time,
  series: z
    .object({ count: z.number().nullish(), lastObservedTime: time })
    .nullish(),
  metadata: z.object({ creationTimestamp: time }).nullish(),
});

/** An event of either API, as far as it says what happened when. */
export interface KubernetesEvent {
  reason: string;
  message: string;
  /** How often it happened from {@link firstAt} to {@link lastAt}. */
  count: number;
  firstAt: UnixTimestampSeconds;
  lastAt: UnixTimestampSeconds;
}

/**
 * Reads a core/v1 or events.k8s.io/v1 event.
 *
 * @returns undefined for what is neither, or has no time
 */
export function readEvent(event: unknown): KubernetesEvent | undefined {
  const parsed = schema.safeParse(event);
  if (!parsed.success) {
    return undefined;
  }
  const { data } = parsed;
  const firstAt = [
    data.eventTime,
    data.firstTimestamp,
    data.deprecatedFirstTimestamp,
    data.metadata?.creationTimestamp,
  ]
    .map(unixTimestamp)
    .find(at => at !== undefined);
  const lastAt =
    [
      data.series?.lastObservedTime,
      data.lastTimestamp,
      data.deprecatedLastTimestamp,
    ]
      .map(unixTimestamp)
      .find(at => at !== undefined) ?? firstAt;
  if (firstAt === undefined || lastAt === undefined) {
    return undefined;
  }
  return {
    reason: data.reason,
    message: data.message ?? data.note ?? '',
    count: data.series?.count ?? data.count ?? data.deprecatedCount ?? 1,
    firstAt,
    lastAt,
  };
}
