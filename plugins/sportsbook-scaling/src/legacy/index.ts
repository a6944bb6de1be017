export { sportsbookScalingPlugin } from './plugin';
export { EntityScalingCard } from './EntityScalingCard';
export { isScalingAvailable } from './isScalingAvailable';
export * from './formFields';
export { kubernetesTokenDecorator } from '../formDecorators/kubernetesTokenDecorator';
export { formChoicesApiRef, scalingApiRef } from '../api';
export type { ScalingApi } from '../api';
