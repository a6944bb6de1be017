import type { Clock } from '../../model/Clock';
import type { Container, Probe } from '../podObject';
import { WakeableSleep } from '../WakeableSleep';
import { probeOnce, type ProbeTarget } from './probeOnce';
import { runProbe } from './runProbe';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

export interface ContainerProbesOptions {
  container: Container;
  clock: Clock;
  target: ProbeTarget;
  /** In the kubelet's words, behind "Readiness probe failed: ". */
  onFailure(kind: ProbeKind, message: string): void;
  onStarted(): void;
  onReady(ready: boolean): void;
  /** It is to be ended and begun anew. */
  onDead(kind: 'startup' | 'liveness', probe: Probe): void;
}

/** The three probes of one run of a container: readiness and liveness begin when it has started. */
export class ContainerProbes {
  readonly #options: ContainerProbesOptions;
  readonly #all = new AbortController();
  readonly #alive = new AbortController();
  readonly #sleep: WakeableSleep;
  readonly #running: Promise<unknown>[] = [];

  constructor(options: ContainerProbesOptions) {
    this.#options = options;
    this.#sleep = new WakeableSleep(options.clock);
  }

  start(): void {
    const { startupProbe } = this.#options.container;
    if (!startupProbe) {
      this.#onStarted();
      return;
    }
    const startup = new AbortController();
    this.#run('startup', startupProbe, {
      initially: undefined,
      signal: AbortSignal.any([this.#alive.signal, startup.signal]),
      onVerdict: succeeds => {
        startup.abort();
        if (succeeds) {
          this.#onStarted();
        } else {
          this.#options.onDead('startup', startupProbe);
        }
      },
    });
  }

  /**
   * Something has begun to listen: those that wait for a first success ask at
   * once. A real kubelet asks early as well, whenever it looks at the pod.
   */
  nudge(): void {
    this.#sleep.wake();
  }

  /** While a container ends, only readiness is asked for. */
  stopLiveness(): void {
    this.#alive.abort();
  }

  async stop(): Promise<void> {
    this.#alive.abort();
    this.#all.abort();
    await Promise.all(this.#running);
  }

  #onStarted(): void {
    const { container, onStarted, onReady, onDead } = this.#options;
    const { readinessProbe, livenessProbe } = container;
    onStarted();
    if (readinessProbe) {
      this.#run('readiness', readinessProbe, {
        initially: false,
        signal: this.#all.signal,
        onVerdict: onReady,
      });
    } else {
      onReady(true);
    }
    if (livenessProbe) {
      this.#run('liveness', livenessProbe, {
        initially: true,
        signal: this.#alive.signal,
        onVerdict: succeeds => {
          if (!succeeds) {
            this.#alive.abort();
            onDead('liveness', livenessProbe);
          }
        },
      });
    }
  }

  #run(
    kind: ProbeKind,
    probe: Probe,
    rest: {
      initially: boolean | undefined;
      signal: AbortSignal;
      onVerdict(succeeds: boolean): void;
    },
  ): void {
    const { clock, target, onFailure } = this.#options;
    this.#running.push(
      runProbe({
        probe,
        clock,
        ask: () => probeOnce(probe, probe.timeoutSeconds, target, rest.signal),
        onFailure: message => onFailure(kind, message),
        pause: milliseconds => this.#sleep.sleep(milliseconds, rest.signal),
        ...rest,
      }),
    );
  }
}
