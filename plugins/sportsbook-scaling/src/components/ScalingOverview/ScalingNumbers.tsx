import type { ReactNode } from 'react';
import { replicasInWords } from '../../model/chartSummary';
import { formatCount, formatRate } from '../../model/displayFormat';
import type { ScalingFigures } from '../../model/scalingFigures';
import { ReplicaSquares } from './ReplicaSquares';
import styles from './ScalingOverview.module.css';

/** Total rate, replicas in their range, and the average of one against the threshold. */
export function ScalingNumbers(props: { figures: ScalingFigures }) {
  const { figures } = props;
  return (
    <dl className={styles.numbers}>
      <Figure label="Request rate">
        {figures.requestsPerSecond === undefined ? (
          <NotKnown />
        ) : (
          <Value
            value={formatRate(figures.requestsPerSecond)}
            unit="requests/s"
          />
        )}
      </Figure>
      <Figure label="Replicas" note={<ReplicaNote figures={figures} />}>
        <ReplicaValue figures={figures} />
      </Figure>
      <Figure label="Load per replica" note={perReplicaNote(figures)}>
        <PerReplicaValue figures={figures} />
      </Figure>
    </dl>
  );
}

function ReplicaValue({ figures }: { figures: ScalingFigures }) {
  const { currentReplicas, minReplicas, maxReplicas } = figures;
  if (currentReplicas === undefined) {
    return <NotKnown />;
  }
  const hasRange = minReplicas !== undefined && maxReplicas !== undefined;
  return (
    <Value
      value={formatCount(currentReplicas)}
      unit={
        hasRange
          ? `of ${formatCount(minReplicas)}–${formatCount(
              maxReplicas,
            )} replicas`
          : 'replicas'
      }
    />
  );
}

function ReplicaNote({ figures }: { figures: ScalingFigures }) {
  const { currentReplicas, desiredReplicas, maxReplicas } = figures;
  if (currentReplicas === undefined) {
    return null;
  }
  const desired = desiredReplicas ?? currentReplicas;
  return (
    <>
      {maxReplicas !== undefined && (
        <ReplicaSquares
          current={currentReplicas}
          desired={desired}
          maximum={maxReplicas}
        />
      )}
      {desired !== currentReplicas && (
        <span>{formatCount(desired)} wanted</span>
      )}
    </>
  );
}

function PerReplicaValue({ figures }: { figures: ScalingFigures }) {
  const { perReplica } = figures;
  if (perReplica === undefined) {
    return <NotKnown />;
  }
  const { average, threshold } = perReplica;
  return (
    <Value
      value={formatRate(average)}
      unit={
        threshold === undefined
          ? 'requests/s'
          : `of ${formatRate(threshold)} requests/s`
      }
    />
  );
}

/** Where the average comes from, since total and average are easily confused. */
function perReplicaNote(figures: ScalingFigures): string | undefined {
  const { perReplica, requestsPerSecond, currentReplicas } = figures;
  if (perReplica === undefined) {
    return undefined;
  }
  if (perReplica.source === 'autoscaler') {
    return 'average, as the autoscaler last read it';
  }
  return requestsPerSecond === undefined || currentReplicas === undefined
    ? undefined
    : `average of ${formatRate(
        requestsPerSecond,
      )} requests/s over ${replicasInWords(currentReplicas)}`;
}

function Figure(props: {
  label: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.figure}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
      {props.note !== undefined && (
        <dd className={styles.figureNote}>{props.note}</dd>
      )}
    </div>
  );
}

function Value(props: { value: string; unit: string }) {
  return (
    <>
      <strong className={styles.figureValue}>{props.value}</strong>{' '}
      <span>{props.unit}</span>
    </>
  );
}

function NotKnown() {
  return <span className={styles.notKnown}>not known</span>;
}
