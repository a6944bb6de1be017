import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { type Clock, timestamp } from '../../model/Clock';
import { NODE_NAME } from '../../model/names';
import type { ResourceType } from '../../model/ResourceType';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventRecorder } from '../../ports/EventRecorder';
import { type PodObject, readPod } from '../podObject';
import { placePod } from './schedulePod';

const COMPONENT = 'default-scheduler';
const MANAGER = 'kube-scheduler';

const node = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({ unschedulable: z.boolean().default(false) }).prefault({}),
});
const withSpec = z.looseObject({ spec: z.looseObject({}) });

/** Says of each pod that it runs on the one node, or why it does not. */
export class Scheduler {
  readonly #objects: ClusterObjects;
  readonly #events: EventRecorder;
  readonly #clock: Clock;

  constructor(objects: ClusterObjects, events: EventRecorder, clock: Clock) {
    this.#objects = objects;
    this.#events = events;
    this.#clock = clock;
  }

  /** @returns whether the pod has its node now */
  schedule(type: ResourceType, object: KubernetesObject): boolean {
    const pod = readPod(object);
    const { namespace, name } = pod.metadata;
    const placement = this.#place(pod);
    if (placement.status === 'unschedulable') {
      this.#refuse(type, object, placement.message);
      return false;
    }
    const { spec } = withSpec.parse(object);
    this.#objects.update(
      type,
      { namespace, name },
      { ...object, spec: { ...spec, nodeName: NODE_NAME } },
      { manager: MANAGER },
    );
    this.#events.record({
      object,
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${NODE_NAME}`,
      component: COMPONENT,
    });
    return true;
  }

  #place(pod: PodObject) {
    const nodeType = this.#objects.typeOf('v1', 'Node');
    const stored =
      nodeType && this.#objects.find(nodeType, { name: NODE_NAME });
    const { metadata, spec } = node.parse(stored ?? { metadata: {} });
    return placePod(pod, metadata.labels, !spec.unschedulable);
  }

  #refuse(type: ResourceType, object: KubernetesObject, message: string): void {
    const pod = readPod(object);
    const { namespace, name, generation } = pod.metadata;
    const before = pod.status.conditions.find(
      condition => condition.type === 'PodScheduled',
    );
    if (before?.status === 'False' && before.message === message) {
      return;
    }
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: timestamp(this.#clock.now()),
      message,
      observedGeneration: generation,
      reason: 'Unschedulable',
      status: 'False',
      type: 'PodScheduled',
    };
    this.#objects.update(
      type,
      { namespace, name },
      {
        ...object,
        status: {
          ...pod.status,
          phase: 'Pending',
          conditions: [
            ...pod.status.conditions.filter(
              ({ type: other }) => other !== 'PodScheduled',
            ),
            condition,
          ],
        },
      },
      { manager: MANAGER, subresource: 'status' },
    );
    this.#events.record({
      object,
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: COMPONENT,
    });
  }
}
