import { ApiCatalog, KubernetesClient } from '../kubernetes/KubernetesClient';
import { ClusterView } from './ClusterView';
import { PlanProblem } from './PlanProblem';
import { ResolvedObject } from './ResolvedObject';

/** What every check of a plan may look at. */
export interface PlanContext {
  client: KubernetesClient;
  catalog: ApiCatalog;
  view: ClusterView;
  /** In the order of the files. */
  objects: ResolvedObject[];
  /** Namespaces in which objects may be written. */
  allowedNamespaces: string[];
  signal?: AbortSignal;
}

/** What a check found. */
export interface CheckResult {
  problems: PlanProblem[];
  /** What could not be checked, and why. */
  warnings?: string[];
  /** Objects whose dry run could only say the same again. */
  covered?: ResolvedObject[];
}

/** One preflight question about the whole set; changes nothing. */
export type PlanCheck = (context: PlanContext) => Promise<CheckResult>;
