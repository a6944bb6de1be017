import type { ContainerView } from './ContainerView';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** What all containers together make of a pod, in the real kubelet's order of questions. */
export function podPhase(options: {
  restartPolicy: string;
  init: readonly InitView[];
  containers: readonly ContainerView[];
  /** Whether no container will be started any more. */
  ended: boolean;
}): PodPhase {
  const { restartPolicy, init, containers, ended } = options;
  const failedInit = init.some(
    ({ view, sidecar }) =>
      !sidecar && (view.state.terminated?.exitCode ?? 0) !== 0,
  );
  if (failedInit && (restartPolicy === 'Never' || ended)) {
    return 'Failed';
  }
  if (!init.every(isInitialized) && !ended) {
    return 'Pending';
  }
  const ends = containers.map(
    ({ state, lastState }) =>
      state.terminated ?? (state.waiting ? lastState.terminated : undefined),
  );
  const running = containers.some(({ state }) => state.running);
  if (ended && !running) {
    return ends.every(end => end?.exitCode === 0) ? 'Succeeded' : 'Failed';
  }
  if (containers.some(({ state }, index) => state.waiting && !ends[index])) {
    return 'Pending';
  }
  const helped = init.some(
    ({ view, sidecar }) => sidecar && view.state.running,
  );
  if (running || helped || restartPolicy === 'Always') {
    return 'Running';
  }
  if (ends.every(end => end?.exitCode === 0)) {
    return 'Succeeded';
  }
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

export interface InitView {
  view: ContainerView;
  /** `restartPolicy: Always`: runs beside the others once it has started. */
  sidecar: boolean;
}

/** Whether the next container in order may begin. */
export function isInitialized({ view, sidecar }: InitView): boolean {
  return sidecar
    ? view.started && view.state.running !== undefined
    : view.state.terminated?.exitCode === 0;
}
