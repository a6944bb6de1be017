import { ScalingNotice } from '../../components/ScalingNotice';

export interface PrometheusUnavailableProps {
  title: string;
  reason: string;
  onRetry: () => void;
}

/** Says why servers are missing from the list, and what can be done without it. */
export function PrometheusUnavailable(props: PrometheusUnavailableProps) {
  const { title, reason, onRetry } = props;
  return (
    <ScalingNotice
      status="warning"
      title={title}
      nextStep="Give the server's address below, or create the service with a Prometheus of its own."
      onRetry={onRetry}
    >
      {reason}
    </ScalingNotice>
  );
}
