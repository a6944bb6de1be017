/** The chain from a pod to the autoscaler, in the order in which it is walked. */
export const SCALING_LINKS = {
  pods: 'Pods are ready',
  endpoints: 'The Service reaches the pods',
  prometheus: 'Prometheus answers',
  targets: 'Prometheus scrapes each pod once',
  query: "The trigger's query gives one value",
  scaledObject: 'KEDA works on the ScaledObject',
  externalMetrics: 'KEDA answers with the metric',
  autoscaler: 'The autoscaler reads the metric',
} as const;

export type ScalingLinkId = keyof typeof SCALING_LINKS;

/** A link that holds. */
export interface ScalingLink {
  id: ScalingLinkId;
  title: string;
  /** What was seen, such as `2 of 2 pods ready`. */
  detail: string;
  /** From the start of the walk until it held. */
  seconds: number;
}

/** What one look at a link gave. */
export type LinkOutcome<T> =
  | { holds: true; detail: string; value: T }
  | {
      holds: false;
      /** What is wrong, without a full stop. */
      reason: string;
      /** What to do about it, without a full stop. */
      nextStep: string;
      /** Waiting cannot mend it. Default false. */
      hopeless?: boolean;
    };
