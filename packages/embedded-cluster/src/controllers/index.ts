export {
  createControllers,
  type ControllersOptions,
} from './createControllers';
export type { AggregatedGroup } from './apiservice/apiServiceController';
export { refuseUnsupportedJobs } from './job/refuseUnsupportedJobs';
