import type { ScalingSnapshotState } from '../../hooks';
import { formatMoment } from '../../model/displayFormat';
import { failureAdvice } from '../../model/failureAdvice';
import { ScalingNotice } from '../ScalingNotice';
import { ScalingOverview } from '../ScalingOverview';
import { FreshnessLine } from './FreshnessLine';
import { NotScaled } from './NotScaled';
import { ScalingCardSkeleton } from './ScalingCardSkeleton';
import styles from './EntityScalingCard.module.css';

/** What the card says in each state of the snapshot. */
export function ScalingCardBody(props: { state: ScalingSnapshotState }) {
  const { state } = props;
  const retry = () => {
    state.refresh();
  };
  switch (state.status) {
    case 'idle':
    case 'loading':
      return <ScalingCardSkeleton />;
    case 'forbidden': {
      const { reason, nextStep } = failureAdvice(state.error);
      return (
        <ScalingNotice
          status="info"
          title="You may not see how this service scales"
          nextStep={nextStep}
        >
          {reason}
        </ScalingNotice>
      );
    }
    case 'failed': {
      const { reason, nextStep } = failureAdvice(state.error);
      return (
        <ScalingNotice
          status="danger"
          title="How this service scales could not be found out"
          nextStep={nextStep}
          onRetry={retry}
        >
          {reason}
        </ScalingNotice>
      );
    }
    default:
      return <KnownSnapshot state={state} onRetry={retry} />;
  }
}

function KnownSnapshot(props: {
  state: Extract<ScalingSnapshotState, { status: 'ready' | 'stale' }>;
  onRetry: () => void;
}) {
  const { state, onRetry } = props;
  const { value: snapshot, fetchedAt } = state;
  const isStale = state.status === 'stale';
  const { status } = snapshot.scaledObject;
  return (
    <>
      <FreshnessLine
        target={snapshot.target}
        isEmbedded={snapshot.embedded}
        fetchedAt={fetchedAt}
        isStale={isStale}
      />
      {state.status === 'stale' && (
        <div className={styles.notice}>
          <ScalingNotice
            status="warning"
            title={`No answer since ${formatMoment(
              fetchedAt / 1000,
              Date.now() / 1000,
            )}`}
            nextStep={failureAdvice(state.error).nextStep}
            onRetry={onRetry}
          >
            {failureAdvice(state.error).reason} Everything below is from then.
          </ScalingNotice>
        </div>
      )}
      {status === 'absent' || status === 'notInstalled' ? (
        <NotScaled
          snapshot={snapshot}
          missing={status === 'absent' ? 'scaledObject' : 'keda'}
        />
      ) : (
        <ScalingOverview snapshot={snapshot} isStale={isStale} />
      )}
    </>
  );
}
