import type { ScalingVerdict } from '@sportsbook/plugin-sportsbook-scaling-common';
import { verdictTone } from '../../model/verdictTone';
import toneStyles from '../tone.module.css';
import styles from './ScalingOverview.module.css';

export interface ScalingSentenceProps {
  verdict: ScalingVerdict;
  /** An old verdict keeps its words and loses its colour. */
  isStale: boolean;
}

/** What the autoscaler does, and why; announced when it changes. */
export function ScalingSentence(props: ScalingSentenceProps) {
  const { verdict, isStale } = props;
  const { state, sentence, nextStep } = verdict;
  const tone = isStale ? 'neutral' : verdictTone(state);
  return (
    <div className={`${styles.sentence} ${toneStyles[tone]}`}>
      <p aria-live="polite" aria-atomic="true">
        {sentence}
      </p>
      {nextStep !== undefined && <p className={styles.nextStep}>{nextStep}</p>}
    </div>
  );
}
