import styles from './ScalingOverview.module.css';

const MOST_SQUARES = 20;

export interface ReplicaSquaresProps {
  current: number;
  desired: number;
  maximum: number;
}

/**
 * One square for each replica there can be: filled for those that serve,
 * framed for those on their way. It repeats the numbers beside it, so it is
 * hidden from assistive technology; past 20 it would say nothing at a glance.
 */
export function ReplicaSquares(props: ReplicaSquaresProps) {
  const { current, desired, maximum } = props;
  const total = Math.max(current, desired, maximum);
  if (total > MOST_SQUARES) {
    return null;
  }
  return (
    <span aria-hidden="true" className={styles.squares}>
      {Array.from({ length: total }, (_, index) => (
        <span key={index} data-square={squareOf(index, current, desired)} />
      ))}
    </span>
  );
}

function squareOf(index: number, current: number, desired: number): string {
  if (index < current) {
    return index < desired ? 'serving' : 'leaving';
  }
  return index < desired ? 'coming' : 'free';
}
