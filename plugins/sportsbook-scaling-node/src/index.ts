export * from './errors';
export * from './kubernetes';
export * from './prometheus';
export * from './policy';
export * from './manifests';
export * from './apply';
export * from './wait';
export * from './verify';
