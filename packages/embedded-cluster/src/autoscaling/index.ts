export {
  createAutoscaling,
  type Autoscaling,
  type AutoscalingOptions,
} from './createAutoscaling';
export type { AutoscalerTiming } from './hpa/AutoscalerController';
