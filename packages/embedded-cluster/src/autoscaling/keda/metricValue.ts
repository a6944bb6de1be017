import type { ExternalMetricValue } from '../ExternalMetrics';
import { formatMilli } from '../hpa/formatMilli';

/**
 * A rate as KEDA hands it on: in thousandths, and 0 for what is below. Exactly
 * between two of them the even one counts, as in Go; that happens to sixteenths.
 */
export function metricValue(
  metricName: string,
  value: number,
): ExternalMetricValue {
  const positive = value > 0 ? value : 0;
  const isTie = (positive * 16) % 2 === 1;
  const milli = isTie
    ? 2 * Math.round(Math.floor(positive * 1000) / 2)
    : Math.round(Number(positive.toFixed(3)) * 1000);
  return { metricName, milli, text: metricText(milli) };
}

/** A fraction of at least 1 travels as the text that KEDA made of it, everything else as a quantity. */
function metricText(milli: number): string {
  return milli > 1000 && milli % 1000 !== 0
    ? (milli / 1000).toFixed(3)
    : formatMilli(milli);
}
