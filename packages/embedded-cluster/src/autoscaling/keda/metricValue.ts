import { toMilli } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ExternalMetricValue } from '../ExternalMetrics';
import { formatMilli } from '../hpa/formatMilli';

/** A rate as KEDA hands it on: in thousandths, and 0 for what is below. */
export function metricValue(
  metricName: string,
  value: number,
): ExternalMetricValue {
  const milli = toMilli(value);
  return { metricName, milli, text: metricText(milli) };
}

/** A fraction of at least 1 travels as the text that KEDA made of it, everything else as a quantity. */
function metricText(milli: number): string {
  return milli > 1000 && milli % 1000 !== 0
    ? (milli / 1000).toFixed(3)
    : formatMilli(milli);
}
