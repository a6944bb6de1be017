import { Alert, Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './ScalingNotice.module.css';

export interface ScalingNoticeProps {
  status: 'info' | 'warning' | 'danger';
  title: string;
  /** Why, and in which place. */
  children: ReactNode;
  /** What to do next, in a sentence. */
  nextStep?: ReactNode;
  /** Offers to ask again. */
  onRetry?: () => void;
  /** Offers to close it. */
  onDismiss?: () => void;
}

/** Something the card has to say instead of, or beside, the numbers. */
export function ScalingNotice(props: ScalingNoticeProps) {
  const { status, title, children, nextStep, onRetry, onDismiss } = props;
  return (
    <Alert
      role={status === 'danger' ? 'alert' : 'status'}
      status={status}
      icon
      title={title}
      description={
        <>
          {children}
          {nextStep && <div>{nextStep}</div>}
          {/* Not among the alert's actions, which would squeeze the text of a narrow card. */}
          {onRetry && (
            <Button
              size="small"
              variant="secondary"
              className={styles.action}
              onPress={onRetry}
            >
              Try again
            </Button>
          )}
          {onDismiss && (
            <Button
              size="small"
              variant="secondary"
              className={styles.action}
              onPress={onDismiss}
            >
              Dismiss
            </Button>
          )}
        </>
      }
    />
  );
}
