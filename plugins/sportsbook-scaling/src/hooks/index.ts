export { useScalingSnapshot } from './useScalingSnapshot';
export type { ScalingSnapshotState } from './useScalingSnapshot';
