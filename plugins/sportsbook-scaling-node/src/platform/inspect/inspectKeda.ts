import { Readable } from '../../apply/ClusterView';
import { KEDA_DEFINITIONS } from '../definitionNames';
import {
  ComponentReport,
  Controller,
  ExternalMetricsReport,
  Finding,
} from '../PlatformReport';
import { supportOf } from '../platformVersions';
import { stateOf, versionFindings } from './componentState';
import { describeControllers } from './describeControllers';
import { ControllerRole } from './findControllers';
import { inspectDefinitions } from './inspectDefinitions';
import { inspectWebhooks } from './inspectWebhooks';
import { PlatformView } from './PlatformView';

/** Why autoscalers cannot read KEDA's metrics. */
function externalMetricsFindings(metrics: ExternalMetricsReport): Finding[] {
  switch (metrics.state) {
    case 'absent':
      return [
        {
          severity: 'problem',
          message:
            "nobody is registered for external.metrics.k8s.io, so that autoscalers cannot read KEDA's metrics",
          nextStep: "apply the APIService of KEDA's release",
        },
      ];
    case 'unknown':
      return [
        {
          severity: 'note',
          message: `who answers for external.metrics.k8s.io was not checked: ${metrics.message}`,
        },
      ];
    default:
      break;
  }
  if (metrics.owner === 'others') {
    return [
      {
        severity: 'problem',
        message: `external.metrics.k8s.io belongs to ${metrics.ownerName}; a cluster has one server of external metrics, and KEDA has to be it`,
        nextStep: `take external metrics out of ${metrics.ownerName} (custom.metrics.k8s.io may stay), and register KEDA`,
      },
    ];
  }
  return metrics.state === 'available'
    ? []
    : [
        {
          severity: 'problem',
          message: `the API server does not reach KEDA's metrics (${metrics.ownerName}): ${metrics.message}`,
          nextStep:
            'look at the pods behind the APIService v1beta1.external.metrics.k8s.io, and at port 6443 between API server and pods',
        },
      ];
}

export async function inspectKeda(
  view: PlatformView,
  found: Readable<Record<ControllerRole, Controller[]>>,
  externalMetrics: ExternalMetricsReport,
): Promise<ComponentReport> {
  const definitions = await inspectDefinitions(view, KEDA_DEFINITIONS);
  // KEDA runs once, in a namespace of its own: from another nothing is seen of it.
  const isPartial = view.reach !== 'cluster';
  const none: Controller[] = [];
  const { kedaOperator, kedaMetrics, kedaWebhooks } =
    found.status === 'read' && !isPartial
      ? found.value
      : { kedaOperator: none, kedaMetrics: none, kedaWebhooks: none };
  const shared = {
    component: 'keda' as const,
    missingDefinitions: definitions.missing,
    controllers: kedaOperator,
  };
  if (definitions.served.length === 0 && kedaOperator.length === 0) {
    return {
      ...shared,
      state: 'absent',
      support: 'unknown',
      findings: definitions.findings,
    };
  }
  const version = kedaOperator[0]?.version ?? definitions.version;
  const controllers = isPartial
    ? [
        {
          severity: 'note' as const,
          message:
            "KEDA's definitions are served; whether it runs cannot be seen from one namespace",
        },
      ]
    : [
        ...describeControllers({
          found,
          controllers: kedaOperator,
          what: 'KEDA',
          reach: view.reach,
        }),
        // Which is said once where nothing may be looked at.
        ...(found.status === 'unreadable'
          ? []
          : [
              ...describeControllers({
                found,
                controllers: kedaMetrics,
                what: "KEDA's metrics server",
                reach: view.reach,
              }),
              ...describeControllers({
                found,
                controllers: kedaWebhooks,
                what: "KEDA's admission webhook",
                reach: view.reach,
              }).map(
                // Upstream's webhooks have failurePolicy Ignore: KEDA scales without.
                (finding): Finding =>
                  finding.severity === 'problem'
                    ? { ...finding, severity: 'warning' }
                    : finding,
              ),
            ]),
      ];
  const findings: Finding[] = [
    ...definitions.findings,
    ...definitions.missing.map(
      (name): Finding => ({
        severity: 'problem',
        message: `the definition ${name} is missing`,
        nextStep: "apply the definitions of KEDA's release",
      }),
    ),
    ...controllers,
    ...(isPartial ? [] : externalMetricsFindings(externalMetrics)),
    ...(isPartial || found.status === 'unreadable'
      ? []
      : versionFindings('keda', version)),
    ...(await inspectWebhooks(view, 'keda.sh')).findings,
  ];
  const support = supportOf('keda', version);
  const isUnseen = found.status === 'unreadable' && !isPartial;
  return {
    ...shared,
    ...(version === undefined ? {} : { version }),
    ...(kedaOperator[0] === undefined ? {} : { owner: kedaOperator[0].owner }),
    support,
    state: isUnseen ? 'forbidden' : stateOf(support, findings),
    findings,
  };
}
