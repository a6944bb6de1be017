export { sportsbookScalingPlugin as default } from './plugin';
export { clusterClientsServiceRef } from './clusterClientsServiceRef';
export type { ClusterClients } from './ClusterClients';
