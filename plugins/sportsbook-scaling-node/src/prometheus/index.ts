export * from './openPrometheus';
export * from './PrometheusClient';
export * from './PrometheusHttpClient';
