import {
  KubernetesObject,
  LABEL_VALUES,
  LABELS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FluxDelivery } from '../policy/deliverySettings';
import { clusterGitUrl } from './clusterGitUrl';
import { DeliveredService } from './DeliveredService';
import { registrationName } from './registrationName';

export const GIT_REPOSITORY = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
} as const;

export const KUSTOMIZATION = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
} as const;

/**
 * A source and a Kustomization for Flux: the service's manifests are applied as
 * they are, drift is undone, what leaves the repository leaves the cluster, and
 * Ready means that every object has become healthy.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxRegistration(
  delivery: FluxDelivery,
  service: DeliveredService,
): KubernetesObject[] {
  const metadata = {
    ...registrationName(delivery, service),
    labels: {
      [LABELS.name]: service.name,
      [LABELS.instance]: service.name,
      [LABELS.partOf]: LABEL_VALUES.partOf,
      [LABELS.managedBy]: LABEL_VALUES.managedBy,
    },
  };
  const interval = `${delivery.intervalSeconds}s`;
  return [
    {
      ...GIT_REPOSITORY,
      metadata,
      spec: {
        interval,
        url: clusterGitUrl(service.repositoryUrl, delivery.gitBaseUrl),
        ref: { branch: service.branch },
        ...(delivery.gitSecretName === undefined
          ? {}
          : { secretRef: { name: delivery.gitSecretName } }),
      },
    },
    {
      ...KUSTOMIZATION,
      metadata,
      spec: {
        interval,
        path: `./${service.path}`,
        targetNamespace: service.namespace,
        // Bounds what the repository can do, whoever writes to it later.
        serviceAccountName: delivery.serviceAccountName,
        prune: true,
        wait: true,
        timeout: `${delivery.healthTimeoutSeconds}s`,
        sourceRef: { kind: GIT_REPOSITORY.kind, name: metadata.name },
      },
    },
  ];
}
