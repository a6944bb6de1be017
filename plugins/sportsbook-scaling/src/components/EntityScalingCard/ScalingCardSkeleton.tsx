import { Skeleton, VisuallyHidden } from '@backstage/ui';
import styles from './EntityScalingCard.module.css';

/** The card's shape while the first answer is on its way. */
export function ScalingCardSkeleton() {
  return (
    <div role="status" className={styles.skeleton}>
      <VisuallyHidden>Asking the cluster how the service scales</VisuallyHidden>
      <div aria-hidden="true" className={styles.skeletonNumbers}>
        <Skeleton width="100%" height={56} />
        <Skeleton width="100%" height={56} />
        <Skeleton width="100%" height={56} />
      </div>
      <Skeleton aria-hidden="true" height={20} width="70%" />
      <Skeleton aria-hidden="true" width="100%" height={220} />
    </div>
  );
}
