/** Places of the built-in groups in discovery, as recorded from Kubernetes 1.36. */
const GROUPS: Readonly<Record<string, number>> = {
  '': 18000,
  apps: 17800,
  'events.k8s.io': 17750,
  'authentication.k8s.io': 17700,
  'authorization.k8s.io': 17600,
  autoscaling: 17500,
  batch: 17400,
  'certificates.k8s.io': 17300,
  'networking.k8s.io': 17200,
  policy: 17100,
  'rbac.authorization.k8s.io': 17000,
  'storage.k8s.io': 16800,
  'admissionregistration.k8s.io': 16700,
  'apiextensions.k8s.io': 16700,
  'scheduling.k8s.io': 16600,
  'coordination.k8s.io': 16500,
  'node.k8s.io': 16300,
  'discovery.k8s.io': 16200,
};

export interface ApiServicePriority {
  groupPriorityMinimum: number;
  versionPriority: number;
  /** Value of the label that says who keeps the object. */
  automanaged: 'onstart' | 'true';
}

/** @param group - one without a recorded place is of a definition */
export function apiServicePriority(
  group: string,
  version: string,
): ApiServicePriority {
  const groupPriorityMinimum = GROUPS[group];
  if (groupPriorityMinimum === undefined) {
    return {
      groupPriorityMinimum: 1000,
      versionPriority: 100,
      automanaged: 'true',
    };
  }
  const inCore = group === '';
  return {
    groupPriorityMinimum,
    versionPriority: inCore ? 1 : priorityOfVersion(version),
    automanaged: 'onstart',
  };
}

/** Of a group's versions the later one is preferred. */
function priorityOfVersion(version: string): number {
  return version === 'v2' ? 30 : 15;
}
