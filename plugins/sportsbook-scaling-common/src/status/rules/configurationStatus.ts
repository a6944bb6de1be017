import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import {
  conditionsSchema,
  describeCondition,
  findCondition,
} from '../conditions';
import { ObjectStatus } from '../objectStatus';
import { current, failed } from '../outcomes';

const schema = z.object({
  status: z
    .object({
      bindings: z
        .array(
          z.object({
            resource: z.string(),
            namespace: z.string(),
            name: z.string(),
            conditions: conditionsSchema,
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/**
 * What a Prometheus, Alertmanager or ruler takes its configuration from, such
 * as a ServiceMonitor.
 *
 * @remarks
 * Only an operator with `StatusForConfigurationResources` says which servers
 * took it; all others leave it without a status, and then it is current.
 */
export function configurationStatus(object: KubernetesObject): ObjectStatus {
  const bindings = readObject(schema, object).status?.bindings ?? [];
  for (const { resource, namespace, name, conditions } of bindings) {
    const accepted = findCondition(conditions, 'Accepted');
    if (accepted?.status === 'False') {
      return failed(
        `${resource} ${namespace}/${name}: ${describeCondition(accepted)}`,
      );
    }
  }
  return current(
    bindings.length > 0
      ? `Accepted by ${bindings
          .map(({ namespace, name }) => `${namespace}/${name}`)
          .join(', ')}`
      : 'exists',
  );
}
