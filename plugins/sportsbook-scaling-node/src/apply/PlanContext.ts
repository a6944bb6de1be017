import { ApiCatalog, KubernetesClient } from '../ports/KubernetesClient';
import { PrometheusLimits } from '../ports/prometheusLimits';
import { WrittenKinds } from '../model/WrittenKinds';
import { PlanProblem } from '../model/PlanProblem';
import { OpenedApplySet } from './applySet/openApplySet';
import { ClusterView } from './ClusterView';
import { NewNamespace } from './NewNamespace';
import { ResolvedObject } from './ResolvedObject';
import { WriteChoices } from './WriteChoices';

/**
 * Who writes what is planned: this account, which has to be allowed to; a
 * controller, after which this account waits; or people, who ask nothing more
 * of it.
 */
export type Writer = 'self' | 'controller' | 'people';

/** What every check of a plan may look at. */
export interface PlanContext {
  client: KubernetesClient;
  catalog: ApiCatalog;
  view: ClusterView;
  /** What makes the namespace first, then in the order of the files. */
  objects: ResolvedObject[];
  /** The set that the objects are members of. Undefined: of none. */
  applySet?: OpenedApplySet;
  /** Namespaces in which objects may be written. */
  allowedNamespaces: string[];
  /** What to do where the namespace is absent. Undefined: it has to exist. */
  newNamespace?: NewNamespace;
  /** Kinds that may be written. Undefined: any. */
  granted?: WrittenKinds;
  /** Servers that triggers may name. Undefined: any. */
  prometheus?: PrometheusLimits;
  /** Who writes the objects. */
  writer: Writer;
  /** What a write may do to others' fields and to what cannot change. */
  choices: WriteChoices;
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
