import type { Mount } from '../containers/ContainerFiles';
import type { KubeletContext, PodEvent } from '../KubeletContext';
import type { Container, PodObject } from '../podObject';
import { WakeableSleep } from '../WakeableSleep';
import { MountError, PodVolumes } from './PodVolumes';
import { messageOf } from '../../runtime/messageOf';

const FIRST_RETRY_MILLISECONDS = 500;
const MAX_RETRY_MILLISECONDS = 122_000;

export interface VolumeUpkeepOptions {
  context: Pick<KubeletContext, 'objects' | 'clock' | 'issueToken'>;
  /** Holds a folder for each volume. */
  directory: string;
  pod(): PodObject;
  /** Those that read files. */
  containers(): readonly Container[];
  event(event: PodEvent): void;
  signal: AbortSignal;
}

/** A pod's volumes while it lives: there before its containers, and never older than what they are made of. */
export class VolumeUpkeep {
  readonly #options: VolumeUpkeepOptions;
  readonly #volumes: PodVolumes;
  readonly #retry: WakeableSleep;
  /** Of a pod whose volumes are there. */
  #podIP: string | undefined;
  #cancelRenewal: (() => void) | undefined;

  constructor(options: VolumeUpkeepOptions) {
    this.#options = options;
    this.#volumes = new PodVolumes(options.directory);
    this.#retry = new WakeableSleep(options.context.clock);
  }

  /** Resolves when all are there; says so in events while they are not, and tries again. */
  async mount(podIP: string): Promise<void> {
    for (
      let delay = FIRST_RETRY_MILLISECONDS;
      ;
      delay = Math.min(delay * 2, MAX_RETRY_MILLISECONDS)
    ) {
      try {
        await this.#mountOnce(podIP);
        this.#podIP = podIP;
        return;
      } catch (error) {
        if (!(error instanceof MountError)) {
          throw error;
        }
        this.#failed(error);
        await this.#retry.sleep(delay, this.#options.signal);
      }
    }
  }

  /** What the volumes are made of is another one now. */
  changed(): void {
    this.#retry.wake();
    if (!this.#options.signal.aborted) {
      this.#refresh();
    }
  }

  stop(): void {
    this.#cancelRenewal?.();
  }

  /** @throws MountError */
  mountsOf(container: Container): Mount[] {
    return this.#volumes.mountsOf(container, this.#options.pod());
  }

  async #mountOnce(podIP: string): Promise<void> {
    const { context, pod, containers, signal } = this.#options;
    const { objects, clock, issueToken } = context;
    const renewAt = await this.#volumes.mount({
      objects,
      clock,
      pod: pod(),
      podIP,
      containers: containers(),
      ...(issueToken ? { issueToken } : {}),
    });
    this.#cancelRenewal?.();
    if (renewAt !== undefined && !signal.aborted) {
      this.#cancelRenewal = clock.after(renewAt - clock.now(), () =>
        this.#refresh(),
      );
    }
  }

  #refresh(): void {
    if (this.#podIP !== undefined) {
      this.#mountOnce(this.#podIP).catch((error: unknown) =>
        this.#failed(error),
      );
    }
  }

  #failed(error: unknown): void {
    this.#options.event({
      type: 'Warning',
      reason: 'FailedMount',
      message: messageOf(error),
    });
  }
}
