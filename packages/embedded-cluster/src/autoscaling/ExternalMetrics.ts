import type { LabelSelector } from '../model/labels';

/** One value of the external metrics API. */
export interface ExternalMetricValue {
  metricName: string;
  /** Thousandths. */
  milli: number;
  /** As the API prints it. */
  text: string;
}

/** Which metric is meant. */
export interface ExternalMetricRequest {
  namespace: string;
  metricName: string;
  selector: LabelSelector | undefined;
  signal: AbortSignal;
}

/** Where the autoscaler gets external metrics from: the server behind `external.metrics.k8s.io`. */
export interface ExternalMetrics {
  /** @throws Error whose message is that of the API's answer */
  read(request: ExternalMetricRequest): Promise<ExternalMetricValue[]>;
  /** Whether there is a value now; leaves no trace, unlike a read that fails. */
  isThere(request: ExternalMetricRequest): Promise<boolean>;
}
