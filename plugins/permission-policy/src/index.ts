export { permissionModuleSportsbookScaling as default } from './module';
export { SportsbookScalingPolicy } from './SportsbookScalingPolicy';
export { readPolicySettings } from './PolicySettings';
export type { PolicySettings } from './PolicySettings';
