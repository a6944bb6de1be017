/** Which cluster, as whom, and where in it. */
export interface ClusterOptions {
  kubeconfig?: string;
  context?: string;
  currentContext?: boolean;
  inCluster?: boolean;
  namespace?: string;
  otherNamespace: string[];
  /** How long a call is tried again while the cluster does not answer. */
  retry: number;
}

export interface OutputOptions {
  output: 'table' | 'json';
}

export interface CommonOptions extends ClusterOptions, OutputOptions {}

export interface ManifestOptions {
  filename: string[];
}

/** What a write may do beyond changing fields that nobody else owns. */
export interface WriteOptions extends CommonOptions, ManifestOptions {
  force?: boolean;
  /** `KIND[.GROUP]/NAME:.FIELD`. */
  forceField: string[];
  migrateFrom: string[];
  /** Objects, or `all`. */
  recreate: string[];
  recreateLosingData: string[];
  /** Name of the ConfigMap that stands for the set. */
  applySet?: string;
  entity?: string;
  prune?: boolean;
}

export interface PlanOptions extends WriteOptions {
  /** Whether pending changes are an exit code of their own. */
  exitCode?: boolean;
}

export interface ApplyOptions extends WriteOptions {
  onFailure: 'keep' | 'rollback';
  /** Whether to wait for what was applied. */
  wait?: boolean;
  /** Of that wait, in seconds. */
  timeout: number;
  failFast?: boolean;
}

export interface WaitOptions extends CommonOptions, ManifestOptions {
  timeout: number;
  failFast?: boolean;
}

export interface VerifyOptions extends CommonOptions, ManifestOptions {
  timeout: number;
  allowPrometheus: string[];
  nodeAddress?: string;
}

export interface DeleteOptions extends CommonOptions, ManifestOptions {
  applySet?: string;
  plan?: boolean;
  evenForeign?: boolean;
  withContents?: boolean;
  timeout: number;
}

/** What the command line asks for; times are in seconds. */
export type Invocation =
  | { command: 'plan'; options: PlanOptions }
  | { command: 'diff'; options: PlanOptions }
  | { command: 'apply'; options: ApplyOptions }
  | { command: 'wait'; objects: string[]; options: WaitOptions }
  | { command: 'verify'; scaledObjects: string[]; options: VerifyOptions }
  | { command: 'delete'; objects: string[]; options: DeleteOptions };
