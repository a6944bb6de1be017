import { KubernetesClient } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';
import { WrittenKinds } from '../model/WrittenKinds';
import { PrometheusLimits } from '../ports/prometheusLimits';
import { ApplySet } from './applySet/ApplySet';
import { openApplySet } from './applySet/openApplySet';
import { withMembership } from './applySet/withMembership';
import {
  checkApplySet,
  checkEscalation,
  checkGranted,
  checkKindsServed,
  checkMonitoredOnce,
  checkMonitorsSelected,
  checkNamespaces,
  checkNodePorts,
  checkOwners,
  checkPrometheusTriggers,
  checkQuota,
  checkRights,
  checkScaledReplicas,
  checkScaleTargets,
  checkTriggerAuthentication,
  checkVerifyRights,
} from './checks';
import { ClusterView } from './ClusterView';
import { missingForNamespace, NewNamespace } from './NewNamespace';
import { CheckResult, PlanCheck, PlanContext, Writer } from './PlanContext';
import { resolveObjects } from './resolveObjects';
import { WriteChoices } from './WriteChoices';

/** What is applied, and where to. */
export interface ApplyManifestsOptions extends WriteChoices {
  client: KubernetesClient;
  manifests: SourcedObject[];
  /** For namespaced objects that name none. */
  namespace: string;
  /** What to do where `namespace` is absent. Default: it has to exist. */
  newNamespace?: NewNamespace;
  /** Other namespaces that objects may name. Default none. */
  otherNamespaces?: string[];
  /** What the caller was granted; objects of other kinds are a problem. Default: any kind. */
  granted?: WrittenKinds;
  /** Servers that prometheus triggers may name beside those of their namespace. Default: any. */
  prometheus?: PrometheusLimits;
  /**
   * A plan also tells what would change in each object, line by line, secrets
   * masked. Default false.
   */
  diff?: boolean;
  /** Who writes it; a plan of what others write only reads. Default `self`. */
  writer?: Writer;
  /**
   * Marks the objects as members of this set, so that a later apply knows what
   * it no longer has. Its namespace must be one that objects may name. Default:
   * they belong to none.
   */
  applySet?: ApplySet;
  /**
   * Remove what an earlier apply of the set made and these manifests lack, once
   * everything is applied. Default false: it is told.
   */
  prune?: boolean;
  /**
   * What becomes of a run that fails or is cancelled: what it wrote stays, or
   * what it made is deleted again. Default `keep`.
   */
  onFailure?: 'keep' | 'rollback';
  /** One line for people per step. */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/** In the order in which their problems are reported. */
const CHECKS: PlanCheck[] = [
  checkKindsServed,
  checkGranted,
  checkNamespaces,
  checkApplySet,
  checkOwners,
  checkRights,
  checkEscalation,
  checkVerifyRights,
  checkNodePorts,
  checkQuota,
  checkScaledReplicas,
  checkScaleTargets,
  checkPrometheusTriggers,
  checkMonitorsSelected,
  checkMonitoredOnce,
  checkTriggerAuthentication,
];

function choicesOf(request: WriteChoices): WriteChoices {
  const { force, forceConflicts, migrateFrom } = request;
  const { recreate, recreateTimeoutSeconds } = request;
  return {
    force,
    forceConflicts,
    migrateFrom,
    recreate,
    recreateTimeoutSeconds,
  };
}

/** Looks the objects up, as a plan and an apply both begin. */
export async function openPlan(
  request: ApplyManifestsOptions,
): Promise<PlanContext> {
  const { client, namespace, otherNamespaces, applySet, signal } = request;
  const { granted, prometheus, newNamespace } = request;
  const manifests =
    applySet === undefined
      ? request.manifests
      : withMembership(request.manifests, applySet);
  const catalog = await client.discover({ fresh: true, signal });
  const view = new ClusterView({ client, signal });
  const allowedNamespaces = [namespace, ...(otherNamespaces ?? [])];
  const objects = resolveObjects({
    manifests,
    catalog,
    namespace,
    ofPlatform: await missingForNamespace(view, {
      wanted: newNamespace,
      manifests,
    }),
  });
  return {
    client,
    catalog,
    view,
    objects,
    applySet:
      applySet &&
      (await openApplySet({
        client,
        catalog,
        view,
        set: applySet,
        wanted: objects.map(({ ref }) => ref),
        prune: request.prune ?? false,
        allowedNamespaces,
        signal,
      })),
    newNamespace,
    allowedNamespaces,
    granted,
    prometheus,
    writer: request.writer ?? 'self',
    choices: choicesOf(request),
    signal,
  };
}

/** Asks every preflight question; reads only. */
export async function preflight(
  context: PlanContext,
): Promise<Required<CheckResult>> {
  const results = await Promise.all(CHECKS.map(check => check(context)));
  const noObjects =
    context.objects.length === 0
      ? [
          {
            message:
              'the manifests hold no object; check the path, and that the files end in .yaml, .yml or .json',
          },
        ]
      : [];
  return {
    problems: [...noObjects, ...results.flatMap(({ problems }) => problems)],
    warnings: [...new Set(results.flatMap(({ warnings }) => warnings ?? []))],
    covered: results.flatMap(({ covered }) => covered ?? []),
  };
}
