import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { fieldsOwnedBy } from '../apply/fieldOwnership';
import type { PlatformComponent } from './PlatformReport';

/** On every object that `platform:install` makes; its value is one of {@link PLATFORM_LABEL_VALUES}. */
export const PLATFORM_LABEL = 'sportsbook-scaling/platform';

export const PLATFORM_LABEL_VALUES: Record<PlatformComponent, string> = {
  prometheusOperator: 'prometheus-operator',
  keda: 'keda',
};

/** The object with the mark by which it is known as ours later. */
export function withPlatformMark(
  object: KubernetesObject,
  component: PlatformComponent,
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: {
        ...object.metadata.labels,
        [PLATFORM_LABEL]: PLATFORM_LABEL_VALUES[component],
      },
    },
  };
}

/**
 * Whether `platform:install` made an object. A label alone can be copied by
 * somebody, and with {@link FIELD_MANAGER} other templates apply too: it takes both.
 */
export function isOurs(
  object: KubernetesObject,
  component: PlatformComponent,
): boolean {
  return (
    object.metadata.labels?.[PLATFORM_LABEL] ===
      PLATFORM_LABEL_VALUES[component] &&
    fieldsOwnedBy(object, FIELD_MANAGER) !== undefined
  );
}
