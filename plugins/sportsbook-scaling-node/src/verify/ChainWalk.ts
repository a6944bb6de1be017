import { ClusterUnreachableError } from '../errors/ClusterUnreachableError';
import { PrometheusUnreachableError } from '../errors/PrometheusUnreachableError';
import { ScalingChainBrokenError } from '../errors/ScalingChainBrokenError';
import {
  LinkOutcome,
  ScalingLink,
  ScalingLinkId,
  SCALING_LINKS,
} from '../model/ScalingLink';
import { sleep } from '../sleep';

const PAUSE_MILLISECONDS = 2_000;

export interface ChainWalkOptions {
  /** What the chain belongs to, as messages name it. */
  subject: string;
  /** Of the whole walk. */
  timeoutSeconds: number;
  /** One line for people: a link holds, or what it waits for. */
  onStep?: (line: string) => void;
  signal?: AbortSignal;
}

/** One walk along the chain: what held so far, and how much time is left for the rest. */
export class ChainWalk {
  readonly links: ScalingLink[] = [];
  readonly #start = performance.now();
  readonly #options: ChainWalkOptions;

  constructor(options: ChainWalkOptions) {
    this.#options = options;
  }

  elapsedSeconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /**
   * Looks at a link until it holds.
   *
   * @throws ScalingChainBrokenError when the time is up, or waiting cannot mend it
   */
  async hold<T>(
    id: ScalingLinkId,
    look: () => Promise<LinkOutcome<T>>,
  ): Promise<T> {
    const { timeoutSeconds, onStep, signal } = this.#options;
    let said: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const outcome = await look().catch((error: unknown): LinkOutcome<T> => {
        signal?.throwIfAborted();
        if (!isUnreachable(error)) {
          throw error;
        }
        return {
          holds: false,
          reason: error.message,
          nextStep: 'check that the cluster and Prometheus can be reached',
        };
      });
      if (outcome.holds) {
        this.#record(id, outcome.detail);
        return outcome.value;
      }
      if (outcome.hopeless || this.elapsedSeconds() > timeoutSeconds) {
        throw this.broken(id, outcome);
      }
      if (outcome.reason !== said) {
        said = outcome.reason;
        onStep?.(`Waiting: ${outcome.reason}`);
      }
      await sleep(PAUSE_MILLISECONDS, { signal });
    }
  }

  broken(
    link: ScalingLinkId,
    { reason, nextStep }: { reason: string; nextStep: string },
  ): ScalingChainBrokenError {
    return new ScalingChainBrokenError(
      this.#options.subject,
      { link, reason, nextStep, afterSeconds: this.elapsedSeconds() },
      this.links,
    );
  }

  #record(id: ScalingLinkId, detail: string): void {
    const title = SCALING_LINKS[id];
    const seconds = Math.round(this.elapsedSeconds() * 10) / 10;
    this.links.push({ id, title, detail, seconds });
    this.#options.onStep?.(`${title}: ${detail} (${seconds} s)`);
  }
}

function isUnreachable(error: unknown): error is Error {
  return (
    error instanceof ClusterUnreachableError ||
    error instanceof PrometheusUnreachableError
  );
}
