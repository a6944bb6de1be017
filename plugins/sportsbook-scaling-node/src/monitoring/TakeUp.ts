import { ConfiguredPrometheus } from '../model/ConfiguredPrometheus';
import { KubernetesClient } from '../ports/KubernetesClient';
import { hastenReload } from './hastenReload';

/** How long a kubelet takes at most to hand a running server its new configuration. */
export const LONGEST_TAKE_UP_SECONDS = 75;
/** What is left is told in steps, so that it is not said anew with each look. */
const STEP_SECONDS = 15;
/** The operator has written the configuration by then; before, there is nothing to hasten. */
const OPERATOR_SECONDS = 4;
const BETWEEN_HASTENINGS_SECONDS = 15;

export interface TakeUpOptions {
  client: KubernetesClient;
  /** What the trigger asks. */
  serverAddress: string;
  /** Servers of the cluster that the configuration describes. */
  configured: readonly ConfiguredPrometheus[];
  onStep?: (line: string) => void;
  signal?: AbortSignal;
  /** Default: the present. */
  now?: () => Date;
}

/** A server taking up a new monitor: how long that still takes, and making it shorter where that is allowed. */
export class TakeUp {
  readonly #options: TakeUpOptions;
  readonly #now: () => Date;
  #hastenedAt?: number;
  #isForbidden = false;

  constructor(options: TakeUpOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Seconds since a monitor was made, never below zero. */
  ageSeconds(madeAt: Date): number {
    return Math.max(0, (this.#now().getTime() - madeAt.getTime()) / 1000);
  }

  /**
   * To be called while the server does not know a monitor yet.
   *
   * @param madeAt - when the monitor was made; undefined where nobody knows
   * @returns what to say of the time that is left, without a full stop
   */
  async look(madeAt: Date | undefined): Promise<string> {
    if (madeAt === undefined) {
      return `a new monitor takes up to ${LONGEST_TAKE_UP_SECONDS} s`;
    }
    const age = this.ageSeconds(madeAt);
    if (age >= OPERATOR_SECONDS && age < LONGEST_TAKE_UP_SECONDS) {
      await this.#hasten();
    }
    const left = LONGEST_TAKE_UP_SECONDS - age;
    return left <= 0
      ? `its monitor is older than the ${LONGEST_TAKE_UP_SECONDS} s that a server takes to see one`
      : `its monitor is new, and a server takes up to ${LONGEST_TAKE_UP_SECONDS} s to see one: about ${
          Math.ceil(left / STEP_SECONDS) * STEP_SECONDS
        } s are left`;
  }

  async #hasten(): Promise<void> {
    const { client, serverAddress, configured, onStep, signal } = this.#options;
    const now = this.#now();
    const atSeconds = now.getTime() / 1000;
    if (
      this.#isForbidden ||
      (this.#hastenedAt !== undefined &&
        atSeconds - this.#hastenedAt < BETWEEN_HASTENINGS_SECONDS)
    ) {
      return;
    }
    this.#hastenedAt = atSeconds;
    const outcome = await hastenReload({
      client,
      serverAddress,
      configured,
      now,
      signal,
    });
    if (outcome.status === 'forbidden') {
      this.#isForbidden = true;
      onStep?.(`The reload cannot be hastened: ${outcome.reason}`);
    } else if (outcome.status === 'hastened' && outcome.pods.length > 0) {
      onStep?.(
        `Hastened the reload of ${outcome.pods.join(', ')} by an annotation`,
      );
    }
  }
}
