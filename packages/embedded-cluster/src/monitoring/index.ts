export {
  createMonitoring,
  type Monitoring,
  type MonitoringOptions,
} from './createMonitoring';
