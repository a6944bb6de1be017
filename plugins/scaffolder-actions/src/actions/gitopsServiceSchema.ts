import { InputError } from '@backstage/errors';
import {
  DELIVERER,
  DeliverySetting,
  GitOpsDelivery,
  isGitOps,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod/v3';
import { clusterNameSchema } from './clusterNameSchema';

/** What names a service to a controller. */
export const gitopsServiceSchema = z.object({
  cluster: clusterNameSchema,
  namespace: z.string().min(1).describe("Namespace of the service's objects"),
  name: z.string().min(1).describe('Name of the service'),
});

/**
 * The settings of a cluster that a controller delivers to.
 *
 * @throws InputError where none does
 */
export function gitopsDeliveryOf(
  deliveryOf: (cluster: string) => DeliverySetting,
  cluster: string,
): GitOpsDelivery {
  const delivery = deliveryOf(cluster);
  if (!isGitOps(delivery)) {
    throw new InputError(
      `Neither Flux nor Argo CD delivers to cluster '${cluster}', but ${
        DELIVERER[delivery.type]
      }. Set sportsbookScaling.clusters[].delivery, or use ${
        delivery.type === 'apply' ? 'kubernetes:apply' : 'delivery:instructions'
      }`,
    );
  }
  return delivery;
}
