import { Badge } from '@backstage/ui';
import type { ScalingTarget } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useNow } from '../../hooks/useNow';
import { formatAge, formatMoment } from '../../model/displayFormat';
import styles from './EntityScalingCard.module.css';

export interface FreshnessLineProps {
  target: ScalingTarget;
  /** Whether the cluster is the embedded one. */
  isEmbedded?: boolean;
  /** When the snapshot arrived, in milliseconds since 1970. */
  fetchedAt: number;
  isStale: boolean;
}

/** Where the service runs, and how old the numbers are. */
export function FreshnessLine(props: FreshnessLineProps) {
  const { target, isEmbedded, fetchedAt, isStale } = props;
  const now = useNow(1000);
  return (
    <div className={styles.freshness}>
      <span>
        {target.namespace}/{target.scaledObject} on {target.cluster}
        {!isStale && ` · ${formatAge((now - fetchedAt) / 1000)}`}
      </span>
      {isEmbedded && <Badge size="small">embedded cluster</Badge>}
      {isStale && (
        <Badge size="small">
          Stale since {formatMoment(fetchedAt / 1000, now / 1000)}
        </Badge>
      )}
    </div>
  );
}
