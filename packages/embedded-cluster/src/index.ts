/**
 * A cluster for people who have none: the Kubernetes API, running pods,
 * Prometheus and a registry in one Node process, on loopback.
 *
 * @packageDocumentation
 */
export { systemClock, type Clock } from './model/Clock';
export {
  startEmbeddedCluster,
  type EmbeddedCluster,
  type EmbeddedClusterOptions,
} from './startEmbeddedCluster';
export { StateInUseError } from './runtime/StateInUseError';
