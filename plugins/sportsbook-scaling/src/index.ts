export { sportsbookScalingPlugin as default } from './plugin';
export * from './api';
export { kubernetesTokenDecorator } from './formDecorators/kubernetesTokenDecorator';
export * from './hooks';
export { EntityScalingCard } from './components/EntityScalingCard';
export { ClusterNotice } from './components/ClusterNotice';
