import { ScalingEvent } from '../snapshot';
import { KubernetesEvent } from './readEvent';

const STEP = /from (\d+) to (\d+)/;

/** The query of a URL changes with every request, and may be long: the address is enough. */
function withoutUrlQuery(message: string): string {
  return message.replace(/(https?:\/\/[^\s"?]+)\?[^\s"]*/g, '$1');
}

function sentence(start: string, detail: string): string {
  const text = withoutUrlQuery(detail).trim();
  return text === '' ? `${start}.` : `${start}: ${text.replace(/\.$/, '')}.`;
}

function activation(
  event: KubernetesEvent,
  kind: 'scaledOut' | 'scaledIn',
): Omit<ScalingEvent, 'at' | 'reason'> {
  const step = STEP.exec(event.message);
  const verb = kind === 'scaledOut' ? 'Activated' : 'Deactivated';
  return {
    kind,
    ...(step && { from: Number(step[1]), to: Number(step[2]) }),
    message: step ? `${verb} from ${step[1]} to ${step[2]}.` : `${verb}.`,
  };
}

function interpret(
  event: KubernetesEvent,
): Omit<ScalingEvent, 'at' | 'reason'> | undefined {
  switch (event.reason) {
    case 'KEDAScaleTargetActivated':
      return activation(event, 'scaledOut');
    case 'KEDAScaleTargetDeactivated':
      return activation(event, 'scaledIn');
    case 'ScaledObjectPaused':
      return { kind: 'paused', message: 'Paused by annotation.' };
    case 'ScaledObjectUnpaused':
      return { kind: 'resumed', message: 'Scaling resumed.' };
    case 'ScaledObjectFallbackActivated':
      return {
        kind: 'fallback',
        message: 'Fallback began: the rate cannot be read.',
      };
    case 'ScaledObjectFallbackDeactivated':
      return {
        kind: 'resumed',
        message: 'Fallback ended: the rate can be read again.',
      };
    case 'KEDAScalerFailed':
    case 'KEDAMetricSourceFailed':
      return {
        kind: 'trouble',
        message: sentence('KEDA cannot read the rate', event.message),
      };
    case 'ScaledObjectCheckFailed':
      // Always comes with a second event that also names the target.
      if (event.message === "Target resource doesn't exist") {
        return undefined;
      }
      return {
        kind: 'trouble',
        message: sentence('KEDA refuses the ScaledObject', event.message),
      };
    case 'ScaledObjectUpdateFailed':
    case 'KEDAScaleTargetActivationFailed':
    case 'KEDAScaleTargetDeactivationFailed':
      return {
        kind: 'trouble',
        message: sentence('KEDA failed', event.message),
      };
    default:
      return undefined;
  }
}

/** What KEDA reported about the ScaledObject, as far as replicas depend on it. */
export function kedaEvents(
  scaledObjectEvents: KubernetesEvent[],
): ScalingEvent[] {
  return scaledObjectEvents.flatMap((event): ScalingEvent[] => {
    const interpreted = interpret(event);
    return interpreted
      ? [{ at: event.lastAt, ...interpreted, reason: event.reason }]
      : [];
  });
}
