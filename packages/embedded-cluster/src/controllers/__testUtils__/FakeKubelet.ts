import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp, type Clock } from '../../model/Clock';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { requireType } from '../../runtime/requireType';
import { podView } from '../views/podView';

/** What becomes of a pod, by the image of its first container. */
export type Fate = 'runs' | 'hangs' | 'succeeds' | 'fails';

/** Gives pods their states without running anything. */
export class FakeKubelet {
  /** While true, pods that are asked to end do not. */
  holdsPods = false;
  readonly #objects: ClusterObjects;
  readonly #clock: Clock;
  #stop: (() => void) | undefined;
  #lastAddress = 1;

  constructor(objects: ClusterObjects, clock: Clock) {
    this.#objects = objects;
    this.#clock = clock;
  }

  start(): void {
    const type = requireType(this.#objects, 'v1', 'Pod');
    this.#stop = this.#objects.watch(
      type,
      { resourceVersion: '0' },
      ({ type: change, object }) => {
        if (change !== 'DELETED' && change !== 'BOOKMARK') {
          setImmediate(() => this.#bring(object));
        }
      },
    );
  }

  stop(): void {
    this.#stop?.();
  }

  /** Lets go what it held. */
  releasePods(): void {
    this.holdsPods = false;
    const { items } = this.#objects.list(
      requireType(this.#objects, 'v1', 'Pod'),
    );
    items.forEach(pod => this.#bring(pod));
  }

  #bring(pod: KubernetesObject): void {
    const type = requireType(this.#objects, 'v1', 'Pod');
    const present = this.#objects.find(type, pod.metadata);
    if (
      this.#stop === undefined ||
      present === undefined ||
      present.metadata.uid !== pod.metadata.uid
    ) {
      return;
    }
    try {
      if (present.metadata.deletionTimestamp !== undefined) {
        if (!this.holdsPods) {
          this.#objects.delete(type, present.metadata, {
            gracePeriodSeconds: 0,
          });
        }
      } else if (podView(present).status.podIP === undefined) {
        this.#report(present);
      }
    } catch (error) {
      if (!(error instanceof StatusError)) {
        throw error;
      }
    }
  }

  #report(pod: KubernetesObject): void {
    const fate = fateOf(pod);
    const now = timestamp(this.#clock.now());
    const ready = fate === 'runs';
    const bound = this.#objects.update(
      requireType(this.#objects, 'v1', 'Pod'),
      pod.metadata,
      { ...pod, spec: { ...(pod.spec as object), nodeName: 'embedded' } },
      { manager: 'kube-scheduler' },
    ).object;
    const podIP = `10.42.0.${(this.#lastAddress += 1)}`;
    this.#objects.update(
      requireType(this.#objects, 'v1', 'Pod'),
      pod.metadata,
      {
        ...bound,
        status: {
          phase: {
            runs: 'Running',
            hangs: 'Pending',
            succeeds: 'Succeeded',
            fails: 'Failed',
          }[fate],
          podIP,
          podIPs: [{ ip: podIP }],
          conditions: [
            {
              type: 'Ready',
              status: ready ? 'True' : 'False',
              lastTransitionTime: now,
            },
          ],
          containerStatuses: [
            {
              name: 'c',
              image: fate,
              imageID: '',
              ready,
              restartCount: 0,
              state:
                fate === 'succeeds' || fate === 'fails'
                  ? {
                      terminated: {
                        exitCode: fate === 'fails' ? 1 : 0,
                        startedAt: now,
                        finishedAt: now,
                      },
                    }
                  : { waiting: { reason: 'ContainerCreating' } },
            },
          ],
        },
      },
      { manager: 'kubelet', subresource: 'status' },
    );
  }
}

function fateOf({ spec }: KubernetesObject): Fate {
  const { containers } = spec as { containers: { image: string }[] };
  const [name] = containers[0].image.split(':');
  return name === 'hangs' || name === 'succeeds' || name === 'fails'
    ? name
    : 'runs';
}
