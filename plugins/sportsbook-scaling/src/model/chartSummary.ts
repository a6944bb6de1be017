import type {
  ScalingEvent,
  ScalingHistory,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChartReading, splitAtGaps } from './chartSeries';
import {
  formatClock,
  formatClockWithSeconds,
  formatCount,
  formatRate,
} from './displayFormat';

/** What the chart shows, for people who do not see it. */
export function chartSummary(
  history: ScalingHistory,
  events: ScalingEvent[],
): string {
  const minutes = Math.round((history.to - history.from) / 60);
  const rates = history.requestsPerSecond.map(p => p.requestsPerSecond);
  const replicas = history.replicas.map(p => p.replicas);
  const gaps = Math.max(
    0,
    splitAtGaps(history.requestsPerSecond, history.stepSeconds).length - 1,
  );
  const parts = [
    `The ${minutes} minutes up to ${formatClock(history.to)}.`,
    seriesInWords(
      'Request rate',
      rates,
      rate => `${formatRate(rate)} requests/s`,
    ),
    seriesInWords('Replicas', replicas, formatCount),
    `${eventCount(events.length)} in this time.`,
  ];
  if (gaps > 0) {
    parts.push(
      gaps === 1
        ? 'For one stretch the rate is not known.'
        : `For ${gaps} stretches the rate is not known.`,
    );
  }
  return parts.join(' ');
}

/** One moment in words: `21:04:15: 250 requests/s, 3 replicas`. */
export function readingInWords(reading: ChartReading): string {
  const rate =
    reading.requestsPerSecond === undefined
      ? 'rate not known'
      : `${formatRate(reading.requestsPerSecond)} requests/s`;
  const replicas =
    reading.replicas === undefined
      ? 'replicas not known'
      : replicasInWords(reading.replicas);
  return `${formatClockWithSeconds(reading.at)}: ${rate}, ${replicas}`;
}

/** `1 replica`, `3 replicas`. */
export function replicasInWords(replicas: number): string {
  return `${formatCount(replicas)} ${replicas === 1 ? 'replica' : 'replicas'}`;
}

function seriesInWords(
  name: string,
  values: number[],
  format: (value: number) => string,
): string {
  if (values.length === 0) {
    return `${name}: not known.`;
  }
  const lowest = format(Math.min(...values));
  const highest = format(Math.max(...values));
  const last = format(values[values.length - 1]);
  return lowest === highest
    ? `${name}: ${last} throughout.`
    : `${name}: between ${lowest} and ${highest}, last ${last}.`;
}

function eventCount(count: number): string {
  if (count === 0) {
    return 'No events';
  }
  return count === 1 ? 'One event' : `${count} events`;
}
