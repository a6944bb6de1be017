import { randomBytes } from 'node:crypto';
import { type Clock, timestamp } from '../../model/Clock';
import type { PodEvent } from '../KubeletContext';
import { goDuration } from '../restart/goDuration';
import type { ContainerView } from '../status/ContainerView';
import type { PodHandle } from './PodHandle';
import type { ContainerExit } from './RunningContainer';
import { messageOf } from '../../runtime/messageOf';

/** Exit code of a program that could not be started at all. */
const START_ERROR = 128;

export interface ContainerReportOptions {
  handle: PodHandle;
  clock: Clock;
  /** `spec.containers{<name>}` or `spec.initContainers{<name>}`. */
  fieldPath: string;
  /** What is known of the container from before. */
  view: ContainerView;
}

/** All that the cluster learns of one container: its part of the pod's status, and its events. */
export class ContainerReport {
  readonly #handle: PodHandle;
  readonly #clock: Clock;
  readonly #fieldPath: string;
  #view: ContainerView;

  constructor({ handle, clock, fieldPath, view }: ContainerReportOptions) {
    this.#handle = handle;
    this.#clock = clock;
    this.#fieldPath = fieldPath;
    this.#view = view;
  }

  get view(): ContainerView {
    return this.#view;
  }

  /** The run that is known becomes the last one. */
  nextRun(): void {
    const { state, lastState, restartCount } = this.#view;
    this.#view = {
      ...this.#view,
      lastState: state.terminated
        ? { terminated: state.terminated }
        : lastState,
      restartCount: restartCount + 1,
    };
  }

  waiting(reason: string, message: string): void {
    this.set({ state: { waiting: { reason, message } } });
  }

  created(image: string, imageID: string): void {
    this.set({
      containerID: `node-process://${randomBytes(32).toString('hex')}`,
      image,
      imageID,
    });
    this.event({
      type: 'Normal',
      reason: 'Created',
      message: 'Container created',
    });
  }

  /** @param begun - milliseconds since 1970 */
  running(begun: number): void {
    this.set({ state: { running: { startedAt: timestamp(begun) } } });
    this.event({
      type: 'Normal',
      reason: 'Started',
      message: 'Container started',
    });
  }

  /** @param begun - when the run had started, in milliseconds since 1970 */
  ended(exit: ContainerExit, begun: number): void {
    const reason = exit.exitCode === 0 ? 'Completed' : 'Error';
    this.set({
      state: {
        terminated: {
          containerID: this.#view.containerID ?? '',
          exitCode: exit.exitCode,
          finishedAt: timestamp(this.#clock.now()),
          reason: exit.outOfMemory ? 'OOMKilled' : reason,
          startedAt: timestamp(begun),
        },
      },
      ready: false,
      started: false,
    });
  }

  couldNotStart(error: unknown): void {
    const message = messageOf(error);
    this.event({
      type: 'Warning',
      reason: 'Failed',
      message: `Error: ${message}`,
    });
    this.set({
      state: {
        terminated: {
          containerID: this.#view.containerID ?? '',
          exitCode: START_ERROR,
          finishedAt: timestamp(this.#clock.now()),
          message,
          reason: 'StartError',
          startedAt: timestamp(0),
        },
      },
    });
  }

  backingOff(milliseconds: number): void {
    const { name, state, lastState } = this.#view;
    const { metadata } = this.#handle.pod();
    const pod = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
    this.event({
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${name} in pod ${pod}`,
    });
    this.set({
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${goDuration(
            milliseconds,
          )} restarting failed container=${name} pod=${pod}`,
        },
      },
      lastState: state.terminated
        ? { terminated: state.terminated }
        : lastState,
    });
  }

  set(change: Partial<ContainerView>): void {
    this.#view = { ...this.#view, ...change };
    this.#handle.changed();
  }

  event(event: Omit<PodEvent, 'fieldPath'>): void {
    this.#handle.event({ ...event, fieldPath: this.#fieldPath });
  }
}
