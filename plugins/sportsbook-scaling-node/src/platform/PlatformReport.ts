import type { VersionSupport } from './platformVersions';

/** What `platform:install` can bring. */
export type PlatformComponent = 'prometheusOperator' | 'keda';

export const PLATFORM_COMPONENTS: PlatformComponent[] = [
  'prometheusOperator',
  'keda',
];

/** How much of a cluster is looked at: all of it, or what one namespace shows. */
export type PlatformReach = 'cluster' | { namespace: string };

/** Something that was found, as a sentence without a full stop. */
export interface Finding {
  /**
   * - `problem`: services will not scale because of it.
   * - `warning`: they will, but somebody should know.
   * - `note`: nothing to do.
   */
  severity: 'problem' | 'warning' | 'note';
  message: string;
  /** What to do, without a full stop. */
  nextStep?: string;
}

/** A Deployment that runs a controller of a component. */
export interface Controller {
  namespace: string;
  name: string;
  image: string;
  /** Of the image's tag, else of its labels. */
  version?: string;
  owner: 'ours' | 'others';
  isAvailable: boolean;
  /** What its status says, such as `Available 1/1`. */
  message: string;
  /** The only namespaces that it looks after; undefined: all. */
  watches?: string[];
  /** Labels of its pods. */
  podLabels: Record<string, string>;
}

/**
 * - `absent`: its API is not served.
 * - `forbidden`: what would have to be read may not be read.
 * - `broken`: there, with a problem.
 * - `tooOld`: there, and lacks what we need.
 * - `present`: there and working, as far as was looked.
 */
export type ComponentState =
  | 'absent'
  | 'forbidden'
  | 'broken'
  | 'tooOld'
  | 'present';

/** What was found of one component. */
export interface ComponentReport {
  component: PlatformComponent;
  state: ComponentState;
  version?: string;
  support: VersionSupport;
  /** Who brought its controller; undefined where there is none, or it was not looked at. */
  owner?: 'ours' | 'others' | 'embedded';
  /** Definitions of it that are not served, by name. */
  missingDefinitions: string[];
  /** The Deployments that reconcile its objects. */
  controllers: Controller[];
  findings: Finding[];
}

/** Who answers for external metrics; KEDA must, and there is room for one only. */
export type ExternalMetricsReport =
  | { state: 'absent' }
  /** Not looked at, or not to be looked at; `message` says which. */
  | { state: 'unknown'; message: string }
  | {
      state: 'available' | 'unavailable';
      owner: 'keda' | 'others';
      /** Of the owner, such as `prometheus-adapter in monitoring`. */
      ownerName: string;
      message: string;
    };

/** A server that a Prometheus object describes. */
export interface ServerReport {
  namespace: string;
  name: string;
  version?: string;
  support: VersionSupport;
  isAvailable: boolean;
  message: string;
  /** Which ServiceMonitors it takes up, in words. */
  selects: string;
}

export type ServersReport =
  | { state: 'read'; servers: ServerReport[] }
  | { state: 'notInstalled' }
  | { state: 'forbidden'; message: string };

/** What a cluster has of all that services need to scale by their requests. Plain JSON. */
export interface PlatformReport {
  cluster: string;
  reach: PlatformReach;
  kubernetes: { version: string; support: VersionSupport };
  prometheusOperator: ComponentReport;
  keda: ComponentReport;
  externalMetrics: ExternalMetricsReport;
  servers: ServersReport;
}
