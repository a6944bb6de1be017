export * from './applyManifests';
export * from './changeSetTable';
export * from './deleteObjects';
export type { NewNamespace } from './NewNamespace';
export * from './planApply';
export * from './preparePlan';
export * from './resolveRefs';
export * from './stages';
export * from './writtenKinds';
