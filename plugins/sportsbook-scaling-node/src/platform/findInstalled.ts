import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { mapInFlight } from '../apply/mapInFlight';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { isOurs, PLATFORM_LABEL, PLATFORM_LABEL_VALUES } from './platformMark';
import {
  PlatformComponent,
  PLATFORM_COMPONENTS,
  PlatformReach,
} from './PlatformReport';

interface Kind {
  apiVersion: string;
  kind: string;
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';

/** Cluster-scoped kinds that release manifests of operators consist of. */
export const PLATFORM_CLUSTER_KINDS: Kind[] = [
  { apiVersion: 'v1', kind: 'Namespace' },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
  },
  { apiVersion: RBAC, kind: 'ClusterRole' },
  { apiVersion: RBAC, kind: 'ClusterRoleBinding' },
  { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService' },
  { apiVersion: ADMISSION, kind: 'ValidatingWebhookConfiguration' },
  { apiVersion: ADMISSION, kind: 'MutatingWebhookConfiguration' },
];

const NAMESPACED_KINDS: Kind[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: RBAC, kind: 'Role' },
  { apiVersion: RBAC, kind: 'RoleBinding' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
];

/** An object that `platform:install` has made. */
export interface InstalledObject {
  component: PlatformComponent;
  object: KubernetesObject;
}

const LABEL_SELECTOR = `${PLATFORM_LABEL} in (${Object.values(
  PLATFORM_LABEL_VALUES,
).join(', ')})`;

/**
 * All that `platform:install` has made, by the mark on it: what an older
 * release had is found as well.
 *
 * @throws ClusterForbiddenError for a kind that may not be listed: nobody may
 *   be told that nothing is there
 */
export async function findInstalled(options: {
  client: KubernetesClient;
  reach: PlatformReach;
  signal?: AbortSignal;
}): Promise<InstalledObject[]> {
  const { client, reach, signal } = options;
  const namespace = reach === 'cluster' ? undefined : reach.namespace;
  const kinds = [
    ...(reach === 'cluster' ? PLATFORM_CLUSTER_KINDS : []),
    ...NAMESPACED_KINDS,
  ];
  const lists = await mapInFlight(kinds, async kind => {
    try {
      const { items } = await client.list(kind, {
        namespace,
        labelSelector: LABEL_SELECTOR,
        signal,
      });
      return items.map(item => ({ ...item, ...kind }));
    } catch (error) {
      if (error instanceof ApiNotInstalledError) {
        return [];
      }
      throw error;
    }
  });
  return lists.flat().flatMap(object => {
    const component = PLATFORM_COMPONENTS.find(candidate =>
      isOurs(object, candidate),
    );
    return component === undefined ? [] : [{ component, object }];
  });
}
