import { InputError } from '@backstage/errors';
import { GitOpsDelivery } from '../policy/deliverySettings';
import { DeliveredService } from './DeliveredService';

/** Controllers write the name into a label of every object that they apply. */
const LONGEST_LABEL_VALUE = 63;

/**
 * Where the objects are that tell a controller of a service.
 *
 * @remarks
 * Beside the service its own name is enough. In a namespace that many share,
 * the service's namespace goes before it, with a dot, which neither of the two
 * can hold: so no service can take the place of another.
 *
 * @throws InputError where the name would be too long for a label
 */
export function registrationName(
  delivery: GitOpsDelivery,
  service: Pick<DeliveredService, 'name' | 'namespace'>,
): { name: string; namespace: string } {
  const namespace = delivery.namespace ?? service.namespace;
  const name =
    delivery.type === 'flux' && namespace === service.namespace
      ? service.name
      : `${service.namespace}.${service.name}`;
  if (name.length > LONGEST_LABEL_VALUE) {
    throw new InputError(
      `'${name}' has ${name.length} characters; the controller takes at most ${LONGEST_LABEL_VALUE}. Choose a shorter name for the service`,
    );
  }
  return { name, namespace };
}
