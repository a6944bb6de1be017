import {
  stepReplicas,
  type AutoscalerMemory,
  type KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Clock } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventRecorder } from '../../ports/EventRecorder';
import type { ExternalMetrics } from '../ExternalMetrics';
import { readScale, writeReplicas, type TargetScale } from '../scaleTarget';
import { AutoscalerConditions } from './AutoscalerConditions';
import { readAutoscalerSpec } from './autoscalerSpec';
import {
  ABLE_TO_SCALE_MESSAGES,
  SCALING_LIMITED_MESSAGES,
} from './decisionMessages';
import type { PodOwnership } from './PodOwnership';
import { proposeReplicas } from './proposeReplicas';
import {
  AUTOSCALER_MANAGER,
  storeAutoscalerStatus,
  type AutoscalerMoment,
  type ReplicaFinding,
} from './storeAutoscalerStatus';
import { messageOf } from '../../runtime/messageOf';

export interface AutoscalerSyncOptions {
  objects: ClusterObjects;
  external: ExternalMetrics;
  events: EventRecorder;
  clock: Clock;
  pods: PodOwnership;
}

/**
 * One autoscaler's decisions, in the order in which the real controller sets
 * its conditions and records its events.
 */
export class AutoscalerSync {
  readonly #options: AutoscalerSyncOptions;
  #memory: AutoscalerMemory | undefined;

  constructor(options: AutoscalerSyncOptions) {
    this.#options = options;
  }

  /** @throws StatusError where the status cannot be stored */
  async run(object: KubernetesObject, signal: AbortSignal): Promise<void> {
    const { objects, clock } = this.#options;
    const spec = readAutoscalerSpec(object);
    const moment: AutoscalerMoment = {
      object,
      spec,
      conditions: new AutoscalerConditions(spec.conditions, clock.now()),
    };
    let scale: TargetScale;
    try {
      scale = readScale(objects, spec.target, object.metadata.namespace ?? '');
    } catch (error) {
      this.#warn(object, 'FailedGetScale', messageOf(error));
      moment.conditions.set('AbleToScale', 'False', {
        reason: 'FailedGetScale',
        message: `the HPA controller was unable to get the target's current scale: ${messageOf(
          error,
        )}`,
      });
      this.#store(moment, undefined);
      return;
    }
    moment.conditions.set('AbleToScale', 'True', {
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    });
    const { specReplicas: replicas } = scale;
    this.#memory ??= {
      recommendations: [{ at: clock.now() / 1000, replicas }],
      rescales: [],
    };
    if (replicas === 0 && spec.minReplicas !== 0) {
      moment.conditions.set('ScalingActive', 'False', {
        reason: 'ScalingDisabled',
        message:
          'scaling is disabled since the replica count of the target is zero',
      });
      this.#store(moment, {
        replicas,
        desired: replicas,
        metrics: null,
        rescaled: false,
      });
    } else if (replicas > spec.maxReplicas) {
      this.#decide(moment, scale, {
        wanted: replicas,
        why: 'Current number of replicas above Spec.MaxReplicas',
      });
    } else if (replicas < spec.minReplicas) {
      this.#decide(moment, scale, {
        wanted: replicas,
        why: 'Current number of replicas below Spec.MinReplicas',
      });
    } else {
      await this.#followMetrics(moment, scale, signal);
    }
  }

  async #followMetrics(
    moment: AutoscalerMoment,
    scale: TargetScale,
    signal: AbortSignal,
  ): Promise<void> {
    const { object, spec, conditions } = moment;
    const { external, pods } = this.#options;
    const proposal = await proposeReplicas({
      autoscaler: object,
      spec,
      scale,
      pods,
      external,
      signal,
    });
    if (signal.aborted) {
      return;
    }
    for (const { reason, message } of proposal.warnings) {
      this.#warn(object, reason, message);
    }
    if (proposal.status === 'none') {
      conditions.set('ScalingActive', 'False', proposal.condition);
      this.#store(moment, {
        replicas: scale.specReplicas,
        desired: spec.desiredReplicas,
        metrics: proposal.currentMetrics,
        rescaled: false,
      });
      this.#warn(object, 'FailedComputeMetricsReplicas', proposal.error);
      return;
    }
    conditions.set('ScalingActive', 'True', {
      reason: 'ValidMetricFound',
      message: `the HPA was able to successfully calculate a replica count from ${proposal.metric}`,
    });
    this.#decide(moment, scale, {
      wanted: proposal.replicas,
      why:
        proposal.replicas > scale.specReplicas
          ? `${proposal.metric} above target`
          : 'All metrics below target',
      metrics: proposal.currentMetrics,
    });
  }

  #decide(
    moment: AutoscalerMoment,
    scale: TargetScale,
    proposal: { wanted: number; why: string; metrics?: object[] },
  ): void {
    const { objects, clock, events } = this.#options;
    const { object, spec, conditions } = moment;
    const { specReplicas: replicas } = scale;
    const { wanted, why, metrics } = proposal;
    const memory = this.#memory ?? { recommendations: [], rescales: [] };
    const decision = stepReplicas(
      { at: clock.now() / 1000, replicas, desired: wanted, memory },
      spec,
    );
    if (metrics) {
      if (decision.ableToScale !== 'SucceededRescale') {
        conditions.set('AbleToScale', 'True', {
          reason: decision.ableToScale,
          message: ABLE_TO_SCALE_MESSAGES[decision.ableToScale],
        });
      }
      conditions.set(
        'ScalingLimited',
        decision.scalingLimited === 'DesiredWithinRange' ? 'False' : 'True',
        {
          reason: decision.scalingLimited,
          message: SCALING_LIMITED_MESSAGES[decision.scalingLimited],
        },
      );
    }
    const rescaled = decision.replicas !== replicas;
    if (rescaled) {
      const size = `New size: ${decision.replicas}; reason: ${why}`;
      try {
        writeReplicas(objects, scale, {
          replicas: decision.replicas,
          manager: AUTOSCALER_MANAGER,
        });
      } catch (error) {
        this.#warn(
          object,
          'FailedRescale',
          `${size}; error: ${messageOf(error)}`,
        );
        conditions.set('AbleToScale', 'False', {
          reason: 'FailedUpdateScale',
          message: `the HPA controller was unable to update the target scale: ${messageOf(
            error,
          )}`,
        });
        // What was not done is not remembered as done, only as recommended.
        this.#memory = {
          recommendations: decision.memory.recommendations,
          rescales: memory.rescales,
        };
        this.#store(moment, {
          replicas,
          desired: spec.desiredReplicas,
          metrics: metrics ?? null,
          rescaled: false,
        });
        return;
      }
      conditions.set('AbleToScale', 'True', {
        reason: 'SucceededRescale',
        message: `the HPA controller was able to update the target scale to ${decision.replicas}`,
      });
      events.record({
        object,
        type: 'Normal',
        reason: 'SuccessfulRescale',
        message: size,
        component: 'horizontal-pod-autoscaler',
      });
    }
    this.#memory = decision.memory;
    this.#store(moment, {
      replicas,
      desired: decision.replicas,
      metrics: metrics ?? null,
      rescaled,
    });
  }

  #store(moment: AutoscalerMoment, found: ReplicaFinding | undefined): void {
    const { objects, clock } = this.#options;
    storeAutoscalerStatus(moment, found, {
      objects,
      nowMilliseconds: clock.now(),
    });
  }

  #warn(object: KubernetesObject, reason: string, message: string): void {
    this.#options.events.record({
      object,
      type: 'Warning',
      reason,
      message,
      component: 'horizontal-pod-autoscaler',
    });
  }
}
