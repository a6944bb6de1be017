/** One series of a recording: labels, and pairs of milliseconds since 1970 and a value. */
export interface RecordedSeries {
  labels: Record<string, string>;
  /** `stale` is Prometheus' staleness marker; the others are as the API writes numbers. */
  samples: [timeMilliseconds: number, value: string][];
}
