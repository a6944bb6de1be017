import type { ChoiceRefusal } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NameClusterAdvice } from '../../clusters/NameClusterAdvice';
import { ScalingNotice } from '../../components/ScalingNotice';

export interface ClustersUnavailableProps {
  reason:
    | { kind: 'none' }
    | { kind: 'notAllowed'; refusal: ChoiceRefusal }
    | { kind: 'failed'; error: Error };
  onRetry: () => void;
}

/** Stands where the select would, and says how to come to a cluster. */
export function ClustersUnavailable(props: ClustersUnavailableProps) {
  const { reason, onRetry } = props;
  if (reason.kind === 'failed') {
    return (
      <ScalingNotice
        status="danger"
        title="The clusters could not be listed"
        nextStep="Check that Backstage's backend is running, then try again."
        onRetry={onRetry}
      >
        {reason.error.message}
      </ScalingNotice>
    );
  }
  if (reason.kind === 'notAllowed') {
    return (
      <ScalingNotice
        status="warning"
        title="There is no cluster that you may create on"
        onRetry={onRetry}
        nextStep={reason.refusal.nextStep}
      >
        {reason.refusal.reason}
      </ScalingNotice>
    );
  }
  return (
    <ScalingNotice
      status="warning"
      title="Backstage knows no cluster yet"
      onRetry={onRetry}
      nextStep={<NameClusterAdvice />}
    >
      A service is created on a cluster that has been named on purpose.
    </ScalingNotice>
  );
}
