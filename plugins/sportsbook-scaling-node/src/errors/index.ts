export * from './ApiNotInstalledError';
export * from './ClusterForbiddenError';
export * from './ClusterUnreachableError';
export * from './FieldConflictError';
export * from './KubernetesApiError';
export * from './UnknownClusterError';
