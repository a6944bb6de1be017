import { sleep } from '../../sleep';
import { TransportAnswer } from '../KubernetesTransport';
import { BackstageAnswer, backstageAnswer } from './backstageAnswer';

const FIRST_HOLD_MILLISECONDS = 250;
const LONGEST_HOLD_MILLISECONDS = 5_000;

/**
 * Repeats a call while Backstage says that it is starting or shutting down:
 * failing the call would fail the task that made it, which its successor could
 * resume otherwise.
 *
 * @returns the cluster's answer
 * @throws what `errorOf` makes of any other answer of Backstage itself
 */
export async function untilServing<T extends TransportAnswer>(
  attempt: () => Promise<T>,
  options: {
    errorOf: (
      answer: Exclude<BackstageAnswer, { type: 'notServing' }>,
      status: number,
    ) => Promise<Error>;
    /** Called once, when the call is held for the first time. */
    onHold: () => void;
    signal?: AbortSignal;
  },
): Promise<T> {
  const { errorOf, onHold, signal } = options;
  let pauseMilliseconds = FIRST_HOLD_MILLISECONDS;
  for (;;) {
    const answer = await attempt();
    const backstage = backstageAnswer(answer);
    if (backstage === undefined) {
      return answer;
    }
    if (backstage.type !== 'notServing') {
      throw await errorOf(backstage, answer.status);
    }
    if (pauseMilliseconds === FIRST_HOLD_MILLISECONDS) {
      onHold();
    }
    await sleep(pauseMilliseconds, { signal });
    pauseMilliseconds = Math.min(
      2 * pauseMilliseconds,
      LONGEST_HOLD_MILLISECONDS,
    );
  }
}
