import { KubernetesClient } from '../ports/KubernetesClient';
import { SourcedObject } from '../model/SourcedObject';
import { WrittenKinds } from '../model/WrittenKinds';
import { PrometheusLimits } from '../ports/prometheusLimits';
import {
  checkGranted,
  checkKindsServed,
  checkMonitoredOnce,
  checkMonitorsSelected,
  checkNamespaces,
  checkNodePorts,
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

/** What is applied, and where to. */
export interface ApplyManifestsOptions {
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
  /** Take fields over from other managers. Default false: a conflict is a problem. */
  force?: boolean;
  /** Who writes it; a plan of what others write only reads. Default `self`. */
  writer?: Writer;
  /** One line for people per step. */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

/** In the order in which their problems are reported. */
const CHECKS: PlanCheck[] = [
  checkKindsServed,
  checkGranted,
  checkNamespaces,
  checkRights,
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

/** Looks the objects up, as a plan and an apply both begin. */
export async function openPlan(
  request: ApplyManifestsOptions,
): Promise<PlanContext> {
  const { client, manifests, namespace, otherNamespaces, signal } = request;
  const { granted, prometheus, newNamespace } = request;
  const catalog = await client.discover({ fresh: true, signal });
  const view = new ClusterView({ client, signal });
  return {
    client,
    catalog,
    view,
    objects: resolveObjects({
      manifests,
      catalog,
      namespace,
      ofPlatform: await missingForNamespace(view, {
        wanted: newNamespace,
        manifests,
      }),
    }),
    newNamespace,
    allowedNamespaces: [namespace, ...(otherNamespaces ?? [])],
    granted,
    prometheus,
    writer: request.writer ?? 'self',
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
