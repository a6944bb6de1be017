export * from './checkKindsServed';
export * from './checkMonitorsSelected';
export * from './checkNamespaces';
export * from './checkNodePorts';
export * from './checkPrometheusTriggers';
export * from './checkRights';
export * from './checkScaledReplicas';
export * from './checkScaleTargets';
