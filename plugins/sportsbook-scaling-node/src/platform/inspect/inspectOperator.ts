import { Readable } from '../../apply/ClusterView';
import { OPERATOR_DEFINITIONS } from '../definitionNames';
import { ComponentReport, Controller, Finding } from '../PlatformReport';
import { supportOf } from '../platformVersions';
import { stateOf, versionFindings } from './componentState';
import { describeControllers } from './describeControllers';
import { ControllerRole } from './findControllers';
import { inspectDefinitions } from './inspectDefinitions';
import { inspectWebhooks } from './inspectWebhooks';
import { PlatformView } from './PlatformView';

/** Controllers that look after what is inspected. */
function relevant(view: PlatformView, controllers: Controller[]): Controller[] {
  const { reach } = view;
  return reach === 'cluster'
    ? controllers
    : controllers.filter(
        ({ watches }) =>
          watches === undefined || watches.includes(reach.namespace),
      );
}

export async function inspectOperator(
  view: PlatformView,
  found: Readable<Record<ControllerRole, Controller[]>>,
): Promise<ComponentReport> {
  const definitions = await inspectDefinitions(view, OPERATOR_DEFINITIONS);
  const controllers =
    found.status === 'read'
      ? relevant(view, found.value.prometheusOperator)
      : [];
  const shared = {
    component: 'prometheusOperator' as const,
    missingDefinitions: definitions.missing,
    controllers,
  };
  if (definitions.served.length === 0 && controllers.length === 0) {
    return {
      ...shared,
      state: 'absent',
      support: 'unknown',
      findings: definitions.findings,
    };
  }
  // Its image tells what runs; definitions may be left from another release.
  const version = controllers[0]?.version ?? definitions.version;
  const findings: Finding[] = [
    ...definitions.findings,
    ...definitions.missing.map(
      (name): Finding => ({
        severity: 'problem',
        message: `the definition ${name} is missing, and the operator waits for it before it does anything`,
        nextStep: "apply the definitions of the operator's release",
      }),
    ),
    ...describeControllers({
      found,
      controllers,
      what: 'the Prometheus operator',
      reach: view.reach,
    }),
    // Of definitions alone, where no more can be seen, no version is known.
    ...(version === undefined &&
    (view.reach !== 'cluster' || found.status === 'unreadable')
      ? []
      : versionFindings('prometheusOperator', version)),
    ...(await inspectWebhooks(view, 'monitoring.coreos.com')).findings,
  ];
  const support = supportOf('prometheusOperator', version);
  const isUnseen = found.status === 'unreadable' && view.reach === 'cluster';
  return {
    ...shared,
    ...(version === undefined ? {} : { version }),
    ...(controllers[0] === undefined ? {} : { owner: controllers[0].owner }),
    support,
    state: isUnseen ? 'forbidden' : stateOf(support, findings),
    findings,
  };
}
