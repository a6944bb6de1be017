export * from './contract';
export * from './kubernetesObject';
export * from './permissions';
export * from './promql/labelMatchers';
export * from './promql/scalingQuery';
export * from './scalingPolicy';
export * from './snapshot';
export * from './status/objectStatus';
