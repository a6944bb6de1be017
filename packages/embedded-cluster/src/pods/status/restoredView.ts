import { timestamp } from '../../model/Clock';
import type { ContainerStatus } from '../podObject';
import { type ContainerView, newContainerView } from './ContainerView';

/** Exit code of a run whose end nobody saw. */
const UNKNOWN = 255;

/**
 * What a container was doing when the kubelet ended, seen by the next one: a
 * run that nobody saw the end of is over.
 */
export function restoredView(
  container: { name: string; image: string },
  before: ContainerStatus | undefined,
  options: { waitingReason: string; nowMilliseconds: number },
): ContainerView {
  const fresh = newContainerView(container, options.waitingReason);
  if (before?.containerID === undefined) {
    return fresh;
  }
  const { state, lastState, restartCount, image, imageID, containerID } =
    before;
  const known = {
    ...fresh,
    lastState,
    restartCount,
    image,
    imageID,
    containerID,
  };
  if (state.running) {
    return {
      ...known,
      state: {
        terminated: {
          containerID,
          exitCode: UNKNOWN,
          finishedAt: timestamp(options.nowMilliseconds),
          reason: 'Unknown',
          startedAt: state.running.startedAt,
        },
      },
    };
  }
  return state.terminated
    ? { ...known, state }
    : { ...known, state: fresh.state };
}
