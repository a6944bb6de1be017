import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

export interface EventToRecord {
  /** What it is about. */
  object: KubernetesObject;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** `source.component`, such as `deployment-controller`. */
  component: string;
  /** `source.host`: the node that says it. Default: none. */
  host?: string;
  /**
   * What was done. With it the Event is written as by clients of
   * `events.k8s.io`, such as KEDA: with `eventTime`, `reportingComponent` and
   * `reportingInstance` in place of source, times and count.
   */
  action?: string;
  /** `involvedObject.fieldPath`, such as `spec.containers{service}`. */
  fieldPath?: string;
}

/** Writes Events; equal ones within ten minutes are counted up, as client-go does. */
export interface EventRecorder {
  record(event: EventToRecord): void;
}
