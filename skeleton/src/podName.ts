import { hostname } from 'node:os';

/** The pod's name by the downward API; outside Kubernetes the machine's. */
export function podName(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.POD_NAME || hostname();
}
