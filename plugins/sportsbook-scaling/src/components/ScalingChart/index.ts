export { ScalingChart } from './ScalingChart';
export type { ScalingChartProps } from './ScalingChart';
