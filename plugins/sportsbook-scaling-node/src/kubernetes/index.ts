export * from './backstage/BackstageClusterClients';
export * from './backstage/createBackstageClusterClient';
export * from './kubeconfig/kubeConfigClient';
export * from './kubeconfig/openKubeconfig';
export * from './retryable';
export * from './RetryPolicy';
