import type { ReplicaLevels } from '@sportsbook/plugin-sportsbook-scaling-common';
import { replicasInWords } from './chartSummary';
import { formatPercent, formatRate } from './displayFormat';
import type { ScalingFigures } from './scalingFigures';

/** Short names of the levels' lines in the chart. */
export function levelLabels(levels: ReplicaLevels): {
  scaleOut?: string;
  scaleIn?: string;
} {
  const out = levels.scaleOutAboveRequestsPerSecond;
  const inAt = levels.scaleInAtRequestsPerSecond;
  return {
    scaleOut:
      out === undefined
        ? undefined
        : `${replicasAfter(levels.scaleOutTo, 'one more')} above ${formatRate(
            out,
          )}/s`,
    scaleIn:
      inAt === undefined
        ? undefined
        : `${replicasAfter(levels.scaleInTo, 'one less')} at ${formatRate(
            inAt,
          )}/s`,
  };
}

/** The levels of the chart and the tolerance behind them, in words; empty where there is no level. */
export function levelsInWords(
  levels: ReplicaLevels,
  tolerance: ScalingFigures['tolerance'],
): string {
  const out = levels.scaleOutAboveRequestsPerSecond;
  const inAt = levels.scaleInAtRequestsPerSecond;
  const sentences: string[] = [];
  if (out !== undefined) {
    const after = replicasAfter(levels.scaleOutTo, 'one more replica');
    sentences.push(
      `Above ${formatRate(out)} requests/s the autoscaler goes to ${after}.`,
    );
  }
  if (inAt !== undefined) {
    const after = replicasAfter(levels.scaleInTo, 'one replica less');
    const subject = out === undefined ? 'the autoscaler' : 'it';
    sentences.push(
      `At ${formatRate(inAt)} requests/s or below ${subject} goes to ${after}.`,
    );
  }
  if (sentences.length > 0 && tolerance !== undefined) {
    sentences.push(toleranceInWords(tolerance));
  }
  return sentences.join(' ');
}

function replicasAfter(replicas: number | undefined, otherwise: string) {
  return replicas === undefined ? otherwise : replicasInWords(replicas);
}

function toleranceInWords({ up, down }: { up: number; down: number }): string {
  if (up === 0 && down === 0) {
    return 'It tolerates no deviation from the threshold.';
  }
  return up === down
    ? `It tolerates ${formatPercent(up)} around the threshold.`
    : `It tolerates ${formatPercent(up)} above and ${formatPercent(
        down,
      )} below the threshold.`;
}
