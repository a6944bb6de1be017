import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { replicasInWords } from '../../model/chartSummary';
import { sourcedValue } from '../../model/sourcedValue';
import { ScalingNotice } from '../ScalingNotice';

export interface NotScaledProps {
  snapshot: ScalingSnapshot;
  /** KEDA is missing, or only the ScaledObject is. */
  missing: 'keda' | 'scaledObject';
}

/** The service is known, but nothing scales it yet. */
export function NotScaled(props: NotScaledProps) {
  const { snapshot, missing } = props;
  const { cluster, namespace, scaledObject } = snapshot.target;
  const workload = sourcedValue(snapshot.workload);
  const running =
    workload === undefined
      ? null
      : ` ${replicasInWords(workload.readyReplicas)} of ${workload.kind} ${
          workload.name
        } ${workload.readyReplicas === 1 ? 'runs' : 'run'} without it.`;
  if (missing === 'keda') {
    return (
      <ScalingNotice
        status="info"
        title={`KEDA is not installed on ${cluster}`}
        nextStep="Ask your platform team to install KEDA on this cluster; the card fills itself afterwards."
      >
        Nothing can scale this service on its request rate.{running}
      </ScalingNotice>
    );
  }
  return (
    <ScalingNotice
      status="info"
      title="Nothing scales this service yet"
      nextStep={
        <>
          Apply the manifests of the service&apos;s repository:{' '}
          <code>kubectl apply --server-side -f k8s/</code>
        </>
      }
    >
      There is no ScaledObject {scaledObject} in namespace {namespace} on{' '}
      {cluster}.{running}
    </ScalingNotice>
  );
}
