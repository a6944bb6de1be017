export * from './ApplyPolicy';
export * from './ClusterSettings';
export * from './parseConfigSection';
export * from './prometheusSettings';
