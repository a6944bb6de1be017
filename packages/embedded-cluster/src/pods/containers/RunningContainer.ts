import type { ProcessExit } from '../processes/startProcess';

export interface ContainerExit extends ProcessExit {
  /** It took more memory than it may. */
  outOfMemory?: boolean;
}

/** One run of a container, be it a process or a program of the cluster's own. */
export interface RunningContainer {
  exited: Promise<ContainerExit>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}
