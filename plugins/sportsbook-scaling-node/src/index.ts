export * from './errors';
export * from './kubernetes/KubernetesClient';
export * from './prometheus/PrometheusClient';
