import { DeliverySetting } from '../policy/deliverySettings';
import { KubernetesClient } from '../ports/KubernetesClient';
import { assertDirectDelivery } from './assertDirectDelivery';

/**
 * A client that refuses every write where somebody else than Backstage
 * delivers; the same client where Backstage does. A dry run is no write.
 */
export function readOnlyClient(
  client: KubernetesClient,
  delivery: DeliverySetting,
): KubernetesClient {
  if (delivery.type === 'apply') {
    return client;
  }
  const refuse = (what: string) =>
    assertDirectDelivery({ cluster: client.cluster, delivery, what });
  return {
    cluster: client.cluster,
    version: options => client.version(options),
    discover: options => client.discover(options),
    get: (ref, options) => client.get(ref, options),
    list: (kind, options) => client.list(kind, options),
    watch: (kind, options) => client.watch(kind, options),
    can: (question, options) => client.can(question, options),
    getRaw: (path, options) => client.getRaw(path, options),
    apply: async (object, options) => {
      if (options?.dryRun !== true) {
        refuse('an apply');
      }
      return client.apply(object, options);
    },
    patchJson: async (ref, patch, options) => {
      if (options?.dryRun !== true) {
        refuse('a patch');
      }
      return client.patchJson(ref, patch, options);
    },
    delete: async (ref, options) => {
      if (options?.dryRun !== true) {
        refuse('a delete');
      }
      return client.delete(ref, options);
    },
  };
}
