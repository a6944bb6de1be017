import type { Clock } from '../../model/Clock';
import { clockSleep } from '../clockSleep';
import type { Probe } from '../podObject';
import type { ProbeResult } from './probeOnce';

export interface ProbeRun {
  probe: Probe;
  clock: Clock;
  ask(): Promise<ProbeResult>;
  /** Each failure, in the kubelet's words. */
  onFailure(message: string): void;
  /** When enough answers in a row say the same, and it is not what was known. */
  onVerdict(succeeds: boolean): void;
  /** What is taken for granted until the probe knows better; undefined: nothing. */
  initially: boolean | undefined;
  /** Waits until the next time, or until there is reason to ask earlier. */
  pause(milliseconds: number): Promise<void>;
  signal: AbortSignal;
}

/**
 * Asks again and again until it is ended, the first time as soon as the
 * initial delay allows.
 */
export async function runProbe({
  probe,
  clock,
  ask,
  onFailure,
  onVerdict,
  initially,
  pause,
  signal,
}: ProbeRun): Promise<void> {
  let verdict = initially;
  let inRow = { succeeds: false, count: 0 };
  const period = probe.periodSeconds * 1_000;
  try {
    await clockSleep(clock, probe.initialDelaySeconds * 1_000, signal);
    while (!signal.aborted) {
      const result = await ask();
      if (signal.aborted) {
        return;
      }
      const succeeds = result.status === 'success';
      if (result.status === 'failure') {
        onFailure(result.message);
      }
      inRow =
        inRow.succeeds === succeeds
          ? { succeeds, count: inRow.count + 1 }
          : { succeeds, count: 1 };
      const enough = succeeds ? probe.successThreshold : probe.failureThreshold;
      if (verdict !== succeeds && inRow.count >= enough) {
        verdict = succeeds;
        onVerdict(succeeds);
      }
      await (verdict === true
        ? clockSleep(clock, period, signal)
        : pause(period));
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
