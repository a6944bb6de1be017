import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { serviceView } from '../views/serviceView';

export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const OURS = 'endpointslice-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';

/** Those of the Service, and those by which a slice is found. */
export function sliceLabels(service: KubernetesObject): Record<string, string> {
  const {
    [HEADLESS]: _headless,
    [SERVICE_NAME]: _service,
    [MANAGED_BY]: _managed,
    ...labels
  } = service.metadata.labels ?? {};
  return {
    ...labels,
    [MANAGED_BY]: OURS,
    [SERVICE_NAME]: service.metadata.name,
    ...(serviceView(service).spec.clusterIP === 'None'
      ? { [HEADLESS]: '' }
      : {}),
  };
}
