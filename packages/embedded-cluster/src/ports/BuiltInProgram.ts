import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** What a program that runs inside the cluster's own process is given. */
export interface ProgramContext {
  pod: KubernetesObject;
  container: { name: string; image: string; args: string[] };
  podIP: string;
  /** One line of the container's log. */
  log(line: string): void;
  signal: AbortSignal;
}

export interface RunningProgram {
  /** Ports that it answers on, by the number that the pod declares: each a real loopback port. */
  listening: ReadonlyMap<number, number>;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * A program that takes the place of an image's own: the Prometheus server,
 * which the embedded cluster has built in. The kubelet asks each one before it
 * pulls an image.
 */
export interface BuiltInProgram {
  name: string;
  runs(container: { image: string }, pod: KubernetesObject): boolean;
  start(context: ProgramContext): Promise<RunningProgram>;
}
