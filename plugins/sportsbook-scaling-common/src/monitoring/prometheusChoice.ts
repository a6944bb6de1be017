/** A Prometheus server of a cluster, and what it has to do with one namespace. */
export type PrometheusChoice = {
  /** `namespace/name` of a Prometheus object, or the name that the configuration gives it. */
  name: string;
  /** Whether an object on the cluster describes it, or Backstage's configuration. */
  source: 'object' | 'configuration';
  /** Such as `3.13.1`; absent where nobody says. */
  version?: string;
  /** One sentence for people: what it selects, and what that means here. */
  reason: string;
  /** What to know before it is chosen. */
  warnings: string[];
} & (
  | {
      /** It will scrape the service, once its ServiceMonitor has the labels. */
      verdict: 'scrapes';
      /** What KEDA asks, as seen from inside the cluster. */
      address: string;
      /** To be added to the service's ServiceMonitor; often none. */
      serviceMonitorLabels: Record<string, string>;
    }
  /** It cannot be used here; the reason says why. */
  | { verdict: 'refuses' }
  /** It cannot be told, such as where the namespace may not be read. */
  | {
      verdict: 'unknown';
      address: string;
      serviceMonitorLabels: Record<string, string>;
    }
);

/** How far a cluster could be asked for its Prometheus objects. */
export type PrometheusDetection =
  | { status: 'complete' }
  /** The Prometheus operator is not installed: nothing describes a server. */
  | { status: 'notInstalled' }
  /** The account may not list all of them; there may be more. */
  | { status: 'forbidden'; reason: string }
  | { status: 'unreachable'; reason: string };

/** The servers of a cluster, as the form of a service shows them. */
export interface PrometheusChoices {
  cluster: string;
  namespace: string;
  detection: PrometheusDetection;
  /** Those that will scrape the service first. */
  servers: PrometheusChoice[];
}
