import { VerdictFacts } from './verdictFacts';

/** ` 2 of 3 replicas are ready.` with a leading space; empty where all are. */
export function readySentence({ workload }: VerdictFacts): string {
  return workload && workload.readyReplicas < workload.desiredReplicas
    ? ` ${workload.readyReplicas} of ${workload.desiredReplicas} replicas are ready.`
    : '';
}
