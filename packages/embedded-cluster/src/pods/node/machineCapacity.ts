import { availableParallelism, totalmem } from 'node:os';

/** More pods than that are more processes than a machine for trying out should run. */
const MAX_PODS = 110;

/** What the node says that it has, by the names of Kubernetes' resources. */
export function machineCapacity(): Record<string, string> {
  return {
    cpu: String(availableParallelism()),
    memory: `${Math.floor(totalmem() / 1_024)}Ki`,
    pods: String(MAX_PODS),
  };
}
