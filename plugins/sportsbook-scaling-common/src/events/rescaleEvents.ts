import { ScalingEvent } from '../snapshot';
import { plainMessage } from '../status/conditions';
import { KubernetesEvent } from './readEvent';
import { ReplicaSetChange } from './replicaSetChanges';

const RESCALE = /^New size: (\d+); reason: (.*)$/s;
/** Seconds between the autoscaler's event and its Deployment's: events carry whole seconds. */
const SAME_MOMENT_SECONDS = 3;

const CAUSES: { pattern: RegExp; grows: boolean; cause: string }[] = [
  {
    pattern: /below Spec\.MinReplicas/,
    grows: true,
    cause: 'fewer than the minimum were there',
  },
  {
    pattern: /above Spec\.MaxReplicas/,
    grows: false,
    cause: 'more than the maximum were there',
  },
  { pattern: /above target/, grows: true, cause: 'the rate was above target' },
  {
    pattern: /below target/,
    grows: false,
    cause: 'the rate was below target',
  },
];

interface Rescaled {
  at: number;
  to: number;
  why: string;
}

/** The autoscaler's event says the new size only; the Deployment's at the same moment also the old one. */
function sizeBefore(
  { at, to }: Rescaled,
  previous: Rescaled | undefined,
  changes: ReplicaSetChange[],
): number | undefined {
  const change = changes.find(
    candidate =>
      candidate.to === to && Math.abs(candidate.at - at) <= SAME_MOMENT_SECONDS,
  );
  return change?.from ?? (previous?.to === to ? undefined : previous?.to);
}

/** Every `SuccessfulRescale` of the autoscaler, with the size before where it can be told. */
export function rescaleEvents(
  hpaEvents: KubernetesEvent[],
  changes: ReplicaSetChange[],
): ScalingEvent[] {
  const rescales = hpaEvents
    .filter(({ reason }) => reason === 'SuccessfulRescale')
    .flatMap(({ message, firstAt, lastAt, count }): Rescaled[] => {
      const match = RESCALE.exec(message);
      return match
        ? (count > 1 ? [firstAt, lastAt] : [lastAt]).map(at => ({
            at,
            to: Number(match[1]),
            why: match[2],
          }))
        : [];
    })
    .sort((a, b) => a.at - b.at);
  return rescales.map((rescale, index): ScalingEvent => {
    const { at, to, why } = rescale;
    const from = sizeBefore(rescale, rescales[index - 1], changes);
    const known = CAUSES.find(({ pattern }) => pattern.test(why));
    const grows = from === undefined ? known?.grows ?? true : to > from;
    return {
      at,
      kind: grows ? 'scaledOut' : 'scaledIn',
      ...(from !== undefined && { from }),
      to,
      message: `Scaled ${grows ? 'out' : 'in'} ${
        from === undefined ? '' : `from ${from} `
      }to ${to}: ${known?.cause ?? plainMessage(why)}.`,
      reason: 'SuccessfulRescale',
    };
  });
}
