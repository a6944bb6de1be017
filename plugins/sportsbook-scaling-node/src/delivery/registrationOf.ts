import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { posix } from 'node:path';
import { stringify } from 'yaml';
import { GitOpsDelivery } from '../policy/deliverySettings';
import { APPLICATION, argoRegistration } from './argoRegistration';
import { DeliveredService } from './DeliveredService';
import {
  fluxRegistration,
  GIT_REPOSITORY,
  KUSTOMIZATION,
} from './fluxRegistration';
import { registrationName } from './registrationName';

/** What tells a controller of a service. */
export interface Registration {
  objects: KubernetesObject[];
  refs: ObjectRef[];
  /** The objects as one file of the platform's repository. */
  file: { name: string; text: string };
}

/**
 * The objects by which Flux or Argo CD learns of a service, and the file that
 * holds them in the platform's repository.
 *
 * @throws InputError for an address or a name that the controller cannot take
 */
export function registrationOf(
  delivery: GitOpsDelivery,
  service: DeliveredService,
): Registration {
  const objects =
    delivery.type === 'flux'
      ? fluxRegistration(delivery, service)
      : argoRegistration(delivery, service);
  return {
    objects,
    refs: registrationRefs(delivery, service),
    file: {
      name: registrationFileName(service),
      text: objects
        .map(object => stringify(object, { aliasDuplicateObjects: false }))
        .join('---\n'),
    },
  };
}

/** Name of a service's file, which is in one folder with all others: Argo CD reads no folders inside of it by default. */
export function registrationFileName(
  service: Pick<DeliveredService, 'name' | 'namespace'>,
): string {
  return `${service.namespace}.${service.name}.yaml`;
}

/** Path of a service's file in the platform's repository. */
export function registrationPath(
  delivery: GitOpsDelivery,
  file: Pick<Registration['file'], 'name'>,
): string {
  return posix.join(delivery.repository?.directory ?? '', file.name);
}

/** What names the controller's objects that stand for a service. */
export function registrationRefs(
  delivery: GitOpsDelivery,
  service: Pick<DeliveredService, 'name' | 'namespace'>,
): ObjectRef[] {
  const place = registrationName(delivery, service);
  const kinds =
    delivery.type === 'flux' ? [GIT_REPOSITORY, KUSTOMIZATION] : [APPLICATION];
  return kinds.map(kind => ({ ...kind, ...place }));
}
