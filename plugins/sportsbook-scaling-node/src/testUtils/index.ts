export * from './FakeCluster';
export * from './FakePrometheus';
export * from './scalingChain';
