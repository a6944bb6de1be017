import { SWRConfig } from 'swr';
import { NameClusterAdvice } from '../../clusters/NameClusterAdvice';
import { useClusterNames } from '../../clusters/useClusterNames';
import { ScalingNotice } from '../ScalingNotice';
import { useDismissal } from './useDismissal';
import styles from './NoClusterNotice.module.css';

/**
 * Says above a page that Backstage knows no cluster, and how to name one.
 *
 * Nothing is shown while clusters exist or are not known yet, when they cannot
 * be listed (which does not mean that there is none), and for the rest of the
 * browser's session once a person has closed it.
 */
export function NoClusterNotice() {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <NoticeWithoutClusters />
    </SWRConfig>
  );
}

function NoticeWithoutClusters() {
  const clusters = useClusterNames();
  const { isDismissed, dismiss } = useDismissal(
    'sportsbook-scaling.no-cluster-notice',
  );
  const isNeeded = clusters.status === 'ready' && clusters.names.length === 0;
  if (!isNeeded || isDismissed) {
    return null;
  }
  return (
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
