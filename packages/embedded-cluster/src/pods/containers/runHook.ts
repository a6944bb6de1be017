import type { Clock } from '../../model/Clock';
import { clockSleep } from '../clockSleep';
import type { Hook } from '../podObject';
import { getOnce, type ProbeTarget } from '../probes/probeOnce';

/** @returns whether it went well; `exec` hooks never do, as there is no way into a container */
export async function runHook(
  hook: Hook,
  target: ProbeTarget,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  if (hook.sleep) {
    await clockSleep(clock, hook.sleep.seconds * 1_000, signal).catch(
      () => undefined,
    );
    return true;
  }
  if (hook.httpGet) {
    return (await getOnce(hook.httpGet, target, signal)).status === 'success';
  }
  return false;
}
