import type { ContainerStatus } from '../podObject';

/** What a container is doing, as its status tells it. */
export interface ContainerView {
  name: string;
  state: ContainerStatus['state'];
  lastState: ContainerStatus['lastState'];
  ready: boolean;
  /** Its startup probe, if it has one, has succeeded. */
  started: boolean;
  restartCount: number;
  image: string;
  imageID: string;
  containerID?: string;
}

/** A container that nobody has begun with. */
export function newContainerView(
  { name, image }: { name: string; image: string },
  waitingReason: string,
): ContainerView {
  return {
    name,
    state: { waiting: { reason: waitingReason } },
    lastState: {},
    ready: false,
    started: false,
    restartCount: 0,
    image,
    imageID: '',
  };
}
