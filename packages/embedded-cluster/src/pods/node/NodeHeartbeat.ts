import { z } from 'zod';
import { type Clock, timestamp } from '../../model/Clock';
import { NODE_NAME } from '../../model/names';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { nodeObject, nodeStatus } from './nodeObject';

/** As the real kubelet, for a status in which nothing has changed. */
const INTERVAL_MILLISECONDS = 300_000;

const conditions = z.object({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            lastTransitionTime: z.string(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

/** Registers the node and says from time to time that it is well. */
export class NodeHeartbeat {
  readonly #objects: ClusterObjects;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;

  constructor(objects: ClusterObjects, clock: Clock) {
    this.#objects = objects;
    this.#clock = clock;
  }

  start(): void {
    this.#beat();
  }

  stop(): void {
    this.#cancel?.();
  }

  #beat(): void {
    const type = this.#objects.typeOf('v1', 'Node');
    if (!type) {
      throw new Error('The cluster serves no Node of v1.');
    }
    this.#write(type);
    this.#cancel = this.#clock.after(INTERVAL_MILLISECONDS, () => this.#beat());
  }

  #write(type: ResourceType): void {
    const key = { name: NODE_NAME };
    const stored =
      this.#objects.find(type, key) ??
      this.#objects.create(type, nodeObject(), { manager: 'kubelet' }).object;
    const transitions = new Map(
      conditions
        .parse(stored)
        .status.conditions.map(condition => [
          `${condition.type}=${condition.status}`,
          condition.lastTransitionTime,
        ]),
    );
    const status = nodeStatus(transitions, timestamp(this.#clock.now()));
    this.#objects.update(
      type,
      key,
      { ...stored, status },
      { manager: 'kubelet', subresource: 'status' },
    );
  }
}
