export * from './KubernetesClient';
export * from './PrometheusClient';
export * from './prometheusLimits';
