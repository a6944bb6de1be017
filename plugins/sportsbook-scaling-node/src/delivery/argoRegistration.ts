import {
  KubernetesObject,
  LABEL_VALUES,
  LABELS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ArgoDelivery } from '../policy/deliverySettings';
import { clusterGitUrl } from './clusterGitUrl';
import { DeliveredService } from './DeliveredService';
import { registrationName } from './registrationName';

export const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
} as const;

/**
 * An Application for Argo CD: the service's manifests are applied as they are,
 * by server-side apply, drift is undone, and what leaves the repository leaves
 * the cluster.
 *
 * @remarks
 * No `ignoreDifferences`: the manifests hold no `spec.replicas`, and Argo CD
 * compares the fields that they hold. The finalizer lets the service go with
 * its Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 */
export function argoRegistration(
  delivery: ArgoDelivery,
  service: DeliveredService,
): KubernetesObject[] {
  return [
    {
      ...APPLICATION,
      metadata: {
        ...registrationName(delivery, service),
        labels: {
          [LABELS.name]: service.name,
          [LABELS.partOf]: LABEL_VALUES.partOf,
          [LABELS.managedBy]: LABEL_VALUES.managedBy,
        },
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        project: delivery.project,
        source: {
          repoURL: clusterGitUrl(service.repositoryUrl, delivery.gitBaseUrl),
          targetRevision: service.branch,
          path: service.path,
        },
        destination: {
          ...delivery.destination,
          namespace: service.namespace,
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['ServerSideApply=true'],
        },
      },
    },
  ];
}
