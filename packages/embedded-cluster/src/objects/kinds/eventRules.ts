import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface EventFields {
  metadata: KubernetesObject['metadata'];
  involvedObject?: { namespace?: string };
}

export const eventRules: KindRules = {
  createsOnUpdate: true,
  addNulls: object => {
    object.firstTimestamp ??= null;
    object.lastTimestamp ??= null;
    object.eventTime ??= null;
  },
  validate: (object, errors) => {
    const { metadata, involvedObject = {} } = shaped<EventFields>(object);
    const { namespace = '' } = involvedObject;
    // Events of cluster-scoped objects lie in the default namespace.
    const fits =
      namespace === ''
        ? metadata.namespace === 'default'
        : namespace === metadata.namespace;
    if (!fits) {
      errors.invalid(
        'involvedObject.namespace',
        namespace,
        'does not match event.namespace',
      );
    }
  },
};
