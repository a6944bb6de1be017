import { formatRate } from '../../model/displayFormat';
import styles from './ScalingChart.module.css';

/** Names of the two series, and how their axes belong together. */
export function ChartLegend(props: { threshold?: number }) {
  const { threshold } = props;
  return (
    <ul className={styles.legend}>
      <li>
        <svg width="16" height="12" aria-hidden="true">
          <rect y="2" width="16" height="10" className={styles.rateArea} />
          <path d="M0,2H16" className={styles.rateLine} />
        </svg>
        requests/s (left)
      </li>
      <li>
        <svg width="16" height="12" aria-hidden="true">
          <path d="M0,10H8V3H16" className={styles.replicaLine} />
        </svg>
        {threshold === undefined
          ? 'replicas (right)'
          : `replicas (right), each worth ${formatRate(threshold)} requests/s`}
      </li>
    </ul>
  );
}
