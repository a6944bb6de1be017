import type { LabelSelector } from '../model/labels';

/** One value of the external metrics API. */
export interface ExternalMetricValue {
  metricName: string;
  /** Thousandths. */
  milli: number;
  /** As the API prints it. */
  text: string;
}

/** Where the autoscaler gets external metrics from: the server behind `external.metrics.k8s.io`. */
export interface ExternalMetrics {
  /** @throws Error whose message is that of the API's answer */
  read(request: {
    namespace: string;
    metricName: string;
    selector: LabelSelector | undefined;
    signal: AbortSignal;
  }): Promise<ExternalMetricValue[]>;
}
