import { DeliveryRefusedError } from '../errors/DeliveryRefusedError';
import {
  DELIVERER,
  DeliverySetting,
  isGitOps,
} from '../policy/deliverySettings';

/**
 * Refuses to write where Backstage is not who writes.
 *
 * @param options.what - what was asked for, such as `kubernetes:apply`
 * @throws DeliveryRefusedError with the reason and the next step
 */
export function assertDirectDelivery(options: {
  cluster: string;
  delivery: DeliverySetting;
  what: string;
}): void {
  const { cluster, delivery, what } = options;
  if (delivery.type === 'apply') {
    return;
  }
  const deliverer = DELIVERER[delivery.type];
  const reason = isGitOps(delivery)
    ? `it is delivered to by ${deliverer} (sportsbookScaling.clusters[].delivery), which would undo what ${what} does there. Change the repository that ${deliverer} reads: gitops:register hands a new service over, gitops:unregister takes one away, and a commit to its own repository changes it`
    : `nobody but its own people write to it (sportsbookScaling.clusters[].delivery is none). delivery:instructions says what they run`;
  throw new DeliveryRefusedError(
    cluster,
    `${reason}. To see what would change, use kubernetes:apply with plan: true.`,
  );
}
