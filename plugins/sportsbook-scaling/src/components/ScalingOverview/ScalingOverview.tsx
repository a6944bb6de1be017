import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useMemo } from 'react';
import { effectiveLevels } from '../../model/effectiveLevels';
import { levelsInWords } from '../../model/levelsInWords';
import { scalingFigures } from '../../model/scalingFigures';
import { sourcedValue } from '../../model/sourcedValue';
import { sourceProblems } from '../../model/sourceProblems';
import { ScalingChart } from '../ScalingChart';
import { ScalingEvents } from './ScalingEvents';
import { ScalingNumbers } from './ScalingNumbers';
import { ScalingSentence } from './ScalingSentence';
import { SourceProblems } from './SourceProblems';
import styles from './ScalingOverview.module.css';

export interface ScalingOverviewProps {
  snapshot: ScalingSnapshot;
  /** Whether newer numbers could not be had; they are greyed then. */
  isStale: boolean;
}

/** Numbers first, then the sentence, then the picture, then what happened. */
export function ScalingOverview(props: ScalingOverviewProps) {
  const { snapshot, isStale } = props;
  const figures = useMemo(() => scalingFigures(snapshot), [snapshot]);
  const history = sourcedValue(snapshot.history);
  const events = sourcedValue(snapshot.events);
  const levels = effectiveLevels(snapshot);
  const levelText = levelsInWords(levels, figures.tolerance);
  return (
    <div className={styles.overview} data-stale={isStale}>
      <ScalingNumbers figures={figures} />
      <ScalingSentence verdict={snapshot.verdict} isStale={isStale} />
      <SourceProblems
        problems={sourceProblems(snapshot)}
        now={snapshot.observedAt}
      />
      {history && (
        <ScalingChart
          history={history}
          levels={levels}
          events={events ?? []}
          threshold={figures.perReplica?.threshold}
        />
      )}
      {levelText !== '' && <p className={styles.secondary}>{levelText}</p>}
      {events && <ScalingEvents events={events} now={snapshot.observedAt} />}
    </div>
  );
}
