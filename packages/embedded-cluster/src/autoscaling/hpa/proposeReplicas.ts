import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ExternalMetrics } from '../ExternalMetrics';
import type { TargetScale } from '../scaleTarget';
import type { AutoscalerSpec } from './autoscalerSpec';
import type { PodOwnership } from './PodOwnership';
import { readMetric, type MetricOutcome } from './readMetric';
import { messageOf } from '../../runtime/messageOf';

interface Warning {
  reason: string;
  message: string;
}

/** What all metrics together ask for. */
export type ReplicaProposal = {
  /** Events to record, in order. */
  warnings: Warning[];
} & (
  | {
      status: 'replicas';
      replicas: number;
      /** The metric that asks for the most. */
      metric: string;
      currentMetrics: object[];
    }
  | {
      status: 'none';
      condition: Warning;
      error: string;
      /** Null where no metric was looked at. */
      currentMetrics: object[] | null;
    }
);

export interface ReplicaProposalRequest {
  autoscaler: KubernetesObject;
  spec: AutoscalerSpec;
  scale: TargetScale;
  pods: PodOwnership;
  external: ExternalMetrics;
  signal: AbortSignal;
}

/** Undefined where the pods of the target belong to this autoscaler alone. */
function selectorProblem({
  autoscaler,
  scale: { selector },
  pods,
}: ReplicaProposalRequest): ReplicaProposal | undefined {
  const { namespace = '', name } = autoscaler.metadata;
  if (selector === '') {
    return {
      status: 'none',
      warnings: [
        { reason: 'SelectorRequired', message: 'selector is required' },
      ],
      condition: {
        reason: 'InvalidSelector',
        message: "the HPA target's scale is missing a selector",
      },
      error: 'selector is required',
      currentMetrics: null,
    };
  }
  let claimants: string[];
  try {
    pods.claim({ namespace, name }, selector);
    claimants = pods.claimants(namespace, selector);
  } catch (error) {
    pods.release(`${namespace}/${name}`);
    const message = `couldn't convert selector into a corresponding internal selector object: ${messageOf(
      error,
    )}`;
    return {
      status: 'none',
      warnings: [{ reason: 'InvalidSelector', message }],
      condition: { reason: 'InvalidSelector', message },
      error: message,
      currentMetrics: null,
    };
  }
  if (claimants.length > 1) {
    const message = `pods by selector ${selector} are controlled by multiple HPAs: [${claimants.join(
      ' ',
    )}]`;
    return {
      status: 'none',
      warnings: [{ reason: 'AmbiguousSelector', message }],
      condition: { reason: 'AmbiguousSelector', message },
      error: message,
      currentMetrics: null,
    };
  }
  return undefined;
}

/**
 * The largest count that a metric asks for. One that cannot be read does not
 * count, but keeps the replicas from going down.
 */
export async function proposeReplicas(
  request: ReplicaProposalRequest,
): Promise<ReplicaProposal> {
  const problem = selectorProblem(request);
  if (problem) {
    return problem;
  }
  const { autoscaler, spec, scale, pods, external, signal } = request;
  const { namespace = '' } = autoscaler.metadata;
  const outcomes: MetricOutcome[] = [];
  for (const metric of spec.metrics) {
    outcomes.push(
      await readMetric(metric, {
        namespace,
        spec,
        specReplicas: scale.specReplicas,
        statusReplicas: scale.statusReplicas,
        readyPods: () => pods.readyPods(namespace, scale.selector),
        external,
        signal,
      }),
    );
  }
  const failed = outcomes.filter(outcome => outcome.status === 'failed');
  const warnings = failed.map(({ reason, error }) => ({
    reason,
    message: error,
  }));
  const currentMetrics = outcomes.map(outcome =>
    outcome.status === 'read' ? outcome.current : { type: '' },
  );
  const best = outcomes
    .filter(outcome => outcome.status === 'read')
    .reduce<Extract<MetricOutcome, { status: 'read' }> | undefined>(
      (most, outcome) =>
        most === undefined || outcome.replicas > most.replicas ? outcome : most,
      undefined,
    );
  if (
    best === undefined ||
    (failed.length > 0 && best.replicas < scale.specReplicas)
  ) {
    const [first] = failed;
    return {
      status: 'none',
      warnings,
      condition: {
        reason: first?.reason ?? 'InvalidMetricSourceType',
        message: `the HPA was unable to compute the replica count: ${
          first?.error ?? 'no metrics are specified'
        }`,
      },
      error: `invalid metrics (${failed.length} invalid out of ${
        spec.metrics.length
      }), first error is: ${first?.context ?? ''}${
        first?.error ?? 'no metrics are specified'
      }`,
      currentMetrics,
    };
  }
  return {
    status: 'replicas',
    replicas: best.replicas,
    metric: best.metric,
    currentMetrics,
    warnings,
  };
}
