export * from './openPrometheus';
export * from './PrometheusHttpClient';
