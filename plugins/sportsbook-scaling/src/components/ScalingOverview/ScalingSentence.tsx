import type { ScalingVerdict } from '@sportsbook/plugin-sportsbook-scaling-common';
import { verdictTone } from '../../model/verdictTone';
import toneStyles from '../tone.module.css';
import styles from './ScalingOverview.module.css';

/** What the autoscaler does, and why; announced when it changes. */
export function ScalingSentence(props: { verdict: ScalingVerdict }) {
  const { state, sentence, nextStep } = props.verdict;
  return (
    <div className={`${styles.sentence} ${toneStyles[verdictTone(state)]}`}>
      <p aria-live="polite" aria-atomic="true">
        {sentence}
      </p>
      {nextStep !== undefined && <p className={styles.nextStep}>{nextStep}</p>}
    </div>
  );
}
