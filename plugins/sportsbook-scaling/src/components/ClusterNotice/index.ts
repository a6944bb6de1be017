export { ClusterNotice } from './ClusterNotice';
