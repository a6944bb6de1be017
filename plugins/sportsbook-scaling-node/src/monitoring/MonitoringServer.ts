import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { LabelSelector } from './labelSelector';

/** Selectors of a Prometheus object for one kind of monitor. */
export interface MonitorSelectors {
  /** Null selects none. */
  monitors: LabelSelector | null;
  /** Null is the server's own namespace alone. */
  namespaces: LabelSelector | null;
}

/** Which monitors a server takes up, and from where. */
export type MonitorSelection =
  | {
      type: 'selectors';
      /** Of the server itself. */
      namespace: string;
      serviceMonitors: MonitorSelectors;
      podMonitors: MonitorSelectors;
    }
  /** As somebody wrote it down for a server that no object describes. */
  | {
      type: 'stated';
      monitorLabels: Record<string, string>;
      namespaces: string[];
    };

/** A server of a cluster that scrapes services, or holds what others scraped. */
export interface MonitoringServer {
  /** `namespace/name` of a Prometheus object, or the configured name. */
  name: string;
  source: 'object' | 'configuration';
  selection: MonitorSelection;
  /** What KEDA asks; where nobody can, why not. */
  address: { url: string; warning?: string } | { missing: string };
  /** The one service that it was made for, by our own template. */
  ofService?: string;
  version?: string;
  /** One sentence each, without a full stop. */
  warnings: string[];
  /** What the configuration adds; undefined for an object that it does not name. */
  configured?: ConfiguredPrometheus;
}
