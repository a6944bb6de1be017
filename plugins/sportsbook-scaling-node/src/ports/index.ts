export * from './KubernetesClient';
export * from './PrometheusClient';
export * from './prometheusAddress';
export * from './prometheusLimits';
