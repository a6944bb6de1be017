import { formatObjectRef } from '../../kubernetesObject';
import { SourceFailure } from '../../snapshot';
import { sourcedFailure } from '../../sourced';
import { VerdictRule } from '../verdictFacts';

const NEXT_STEPS: Partial<Record<SourceFailure, string>> = {
  forbidden:
    "Let the cluster's account read ScaledObjects and HorizontalPodAutoscalers in this namespace.",
  unreachable: 'Check that the cluster is up and reachable from Backstage.',
};

const sentence = (text: string) => `${text.replace(/\.$/, '')}.`;

/** Without a ScaledObject nothing scales; without it and the autoscaler nothing can be said. */
export const missingSourceVerdict: VerdictRule = ({
  parts,
  scaledObject,
  autoscaler,
}) => {
  const { cluster, namespace, scaledObject: name } = parts.target;
  const what = formatObjectRef({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    namespace,
    name,
  });
  if (parts.scaledObject.status === 'notInstalled') {
    return {
      state: 'broken',
      sentence: `KEDA is not installed on cluster ${cluster}.`,
      nextStep: 'Have KEDA installed there, then apply the manifests again.',
    };
  }
  if (parts.scaledObject.status === 'absent') {
    return {
      state: 'broken',
      sentence: `${what} does not exist on cluster ${cluster}.`,
      nextStep:
        "Apply the service's manifests, or correct the entity's annotations.",
    };
  }
  const failure = sourcedFailure(parts.scaledObject);
  if (scaledObject || autoscaler || !failure) {
    return undefined;
  }
  const nextStep = NEXT_STEPS[failure.failure];
  return {
    state: 'unknown',
    sentence: sentence(
      `${what} on cluster ${cluster} cannot be read (${failure.failure}): ${failure.message}`,
    ),
    ...(nextStep !== undefined && { nextStep }),
  };
};
