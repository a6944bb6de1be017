import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { sameValue } from '../foundation/sameValue';
import { deploymentView } from '../views/deploymentView';
import { replicaSetView } from '../views/replicaSetView';
import type { PodTemplate } from '../views/workloadParts';
import { byAge, type Rollout } from './Rollout';

/** Label by which a template's pods are told from those of others. */
export const HASH_LABEL = 'pod-template-hash';

/** Sorts a Deployment's ReplicaSets into the one that has its template, and the others. */
export function sortOut(
  context: Rollout['context'],
  deployment: KubernetesObject,
  replicaSets: readonly KubernetesObject[],
): Rollout {
  const template = withoutHash(deploymentView(deployment).spec.template);
  const current = byAge(replicaSets).find(replicaSet =>
    sameValue(withoutHash(replicaSetView(replicaSet).spec.template), template),
  );
  return {
    context,
    deployment,
    old: replicaSets.filter(replicaSet => replicaSet !== current),
    ...(current === undefined ? {} : { current }),
  };
}

/** What makes a template another one. */
export function withoutHash(template: PodTemplate): unknown {
  const { labels, ...metadata } = template.metadata;
  const { [HASH_LABEL]: _hash, ...others } = labels ?? {};
  return {
    spec: template.spec,
    // What the API server adds to any metadata is not part of a template.
    metadata: { ...metadata, creationTimestamp: undefined, labels: others },
  };
}
