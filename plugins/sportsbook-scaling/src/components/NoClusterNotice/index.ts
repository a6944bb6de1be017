export { NoClusterNotice } from './NoClusterNotice';
