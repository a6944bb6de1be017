import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';

const schema = z.object({
  spec: z.object({ suspend: z.boolean().nullish() }).nullish(),
  status: z
    .object({
      conditions: conditionsSchema,
      lastAppliedRevision: z.string().nullish(),
      artifact: z.object({ revision: z.string() }).nullish(),
    })
    .nullish(),
});

/**
 * GitRepositories and Kustomizations of Flux: Ready, and at which revision. The
 * reason for not being ready is what Flux last said; it tries again unless it
 * has stalled.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#conditions
 */
export function fluxStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  const conditions = status?.conditions ?? [];
  const stalled = findCondition(conditions, 'Stalled');
  if (stalled?.status === 'True') {
    return failed(describeCondition(stalled));
  }
  if (spec?.suspend === true) {
    return inProgress('suspended: Flux does nothing until it is resumed');
  }
  const ready = findCondition(conditions, 'Ready');
  const reconciling = findCondition(conditions, 'Reconciling');
  if (ready?.status === 'False') {
    return inProgress(describeCondition(ready));
  }
  if (reconciling?.status === 'True') {
    return inProgress(describeCondition(reconciling));
  }
  if (ready?.status !== 'True') {
    return inProgress(
      ready ? describeCondition(ready) : 'Flux has not seen it yet',
    );
  }
  const revision = status?.lastAppliedRevision ?? status?.artifact?.revision;
  return current(
    revision === undefined || revision === null
      ? 'Ready'
      : `Ready at ${revision}`,
  );
}
