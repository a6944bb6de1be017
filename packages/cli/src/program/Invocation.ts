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

export interface PlanOptions extends CommonOptions, ManifestOptions {
  force?: boolean;
  /** Whether pending changes are an exit code of their own. */
  exitCode?: boolean;
}

export interface ApplyOptions extends CommonOptions, ManifestOptions {
  force?: boolean;
  /** Whether to wait for what was applied. */
  wait?: boolean;
  /** Of that wait, in seconds. */
  timeout: number;
}

export interface WaitOptions extends CommonOptions, ManifestOptions {
  timeout: number;
}

export interface VerifyOptions extends CommonOptions, ManifestOptions {
  timeout: number;
  allowPrometheus: string[];
  nodeAddress?: string;
}

export interface DeleteOptions extends CommonOptions, ManifestOptions {
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
