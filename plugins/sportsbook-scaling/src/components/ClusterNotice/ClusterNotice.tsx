import { SWRConfig } from 'swr';
import { NameClusterAdvice } from '../../clusters/NameClusterAdvice';
import { useClusters } from '../../clusters/useClusters';
import { ScalingNotice } from '../ScalingNotice';
import { useDismissal } from './useDismissal';
import styles from './ClusterNotice.module.css';

/**
 * Says above a page what a person should know of Backstage's clusters: that
 * there is none and how to name one, or that the only one is the embedded
 * cluster.
 *
 * Nothing is shown while clusters are not known yet, when they cannot be
 * listed (which does not mean that there is none), and for the rest of the
 * browser's session once a person has closed it.
 */
export function ClusterNotice() {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <NoticeOfClusters />
    </SWRConfig>
  );
}

function NoticeOfClusters() {
  const clusters = useClusters();
  if (clusters.status !== 'ready') {
    return null;
  }
  if (clusters.clusters.length === 0) {
    return <NoCluster />;
  }
  return clusters.clusters.every(({ isEmbedded }) => isEmbedded) ? (
    <EmbeddedOnly />
  ) : null;
}

function NoCluster() {
  const { isDismissed, dismiss } = useDismissal(
    'sportsbook-scaling.no-cluster-notice',
  );
  return isDismissed ? null : (
    <div className={styles.notice}>
      <ScalingNotice
        status="warning"
        title="Backstage knows no cluster yet"
        nextStep={<NameClusterAdvice />}
        onDismiss={dismiss}
      >
        Without one no service can be created, and no scaling is shown.
      </ScalingNotice>
    </div>
  );
}

function EmbeddedOnly() {
  const { isDismissed, dismiss } = useDismissal(
    'sportsbook-scaling.embedded-cluster-notice',
  );
  return isDismissed ? null : (
    <div className={styles.notice}>
      <ScalingNotice
        status="info"
        title="Services run in the embedded cluster"
        nextStep={
          <>
            To use a cluster of yours: <NameClusterAdvice />
          </>
        }
        onDismiss={dismiss}
      >
        It is part of this Backstage and for trying out: its pods are processes
        of this machine, which only this machine reaches.
      </ScalingNotice>
    </div>
  );
}
