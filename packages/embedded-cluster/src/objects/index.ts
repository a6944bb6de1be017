export { createEventRecorder } from './events/createEventRecorder';
export {
  openClusterObjects,
  type OpenClusterObjectsOptions,
} from './openClusterObjects';
export { StoredClusterObjects } from './StoredClusterObjects';
