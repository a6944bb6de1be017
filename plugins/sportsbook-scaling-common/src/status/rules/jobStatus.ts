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
import { ofWanted } from '../replicaCounts';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

const schema = z.object({
  spec: z.object({
    completions: z.number().nullish(),
    parallelism: z.number().nullish(),
    suspend: z.boolean().nullish(),
  }),
  status: z
    .object({
      active: count,
      succeeded: count,
      failed: count,
      conditions: conditionsSchema,
    })
    .nullish(),
});

/**
 * Current once complete: a running job has not done yet what it is for. One
 * whose spec suspends it is what its spec says.
 */
export function jobStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  const conditions = status?.conditions ?? [];
  const failure = findCondition(conditions, 'Failed');
  if (failure?.status === 'True') {
    return failed(describeCondition(failure));
  }
  const succeeded = ofWanted(
    'Succeeded',
    status?.succeeded ?? 0,
    spec.completions ?? spec.parallelism ?? 1,
  );
  if (findCondition(conditions, 'Complete')?.status === 'True') {
    return current(succeeded);
  }
  const suspended = findCondition(conditions, 'Suspended');
  if (suspended?.status === 'True') {
    const message = describeCondition(suspended);
    return spec.suspend === true ? current(message) : inProgress(message);
  }
  return inProgress(
    `${succeeded}, ${status?.active ?? 0} active, ${
      status?.failed ?? 0
    } failed`,
  );
}
