import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { PodObject } from '../podObject';
import type { PodEvent } from '../KubeletContext';
import type { Mount } from './ContainerFiles';
import type { Container } from '../podObject';

/** What a container sees of its pod. */
export interface PodHandle {
  /** As stored now. */
  object(): KubernetesObject;
  pod(): PodObject;
  readonly podIP: string;
  readonly hostname: string;
  /** Of this pod alone. */
  readonly folder: string;
  mountsOf(container: Container): Mount[];
  event(event: PodEvent): void;
  /** Something is to be seen in the pod's status. */
  changed(): void;
  /** Waits, but not longer than until a ConfigMap or Secret that the pod names has changed. */
  waitForConfig(milliseconds: number, signal: AbortSignal): Promise<void>;
}
