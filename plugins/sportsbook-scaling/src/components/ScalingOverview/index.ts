export { ScalingOverview } from './ScalingOverview';
export type { ScalingOverviewProps } from './ScalingOverview';
