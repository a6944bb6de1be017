import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../ports/KubernetesClient';
import { findAutoscaler, replicasSetIn } from './checks/checkScaledReplicas';
import { Comparison } from './compareWithCluster';
import { ownsField } from './fieldOwnership';
import { PlanContext } from './PlanContext';

/** Holds `spec.replicas` from the apply that drops it until the autoscaler's next decision. */
const HANDOVER_MANAGER = `${FIELD_MANAGER}-handover`;

/**
 * Whether the manifest drops a `spec.replicas` that we applied before, in a
 * workload that an autoscaler scales.
 *
 * @remarks
 * Dropping a field that only we own makes the server forget it: the workload
 * would fall to one replica until the autoscaler's next sync.
 */
async function dropsScaledReplicas(
  context: PlanContext,
  { object, live }: Comparison,
): Promise<boolean> {
  return (
    live !== undefined &&
    replicasSetIn({ object: live }) !== undefined &&
    replicasSetIn(object) === undefined &&
    ownsField(live, FIELD_MANAGER, ['spec', 'replicas']) &&
    (await findAutoscaler(context, object)).autoscaler !== undefined
  );
}

export interface ComparisonWithHandover extends Comparison {
  /** Whether {@link handOverReplicas} has to come before the write. */
  handsOverReplicas: boolean;
}

/** Says in the comparison that the replicas stay, where {@link handOverReplicas} will keep them. */
export async function withReplicasHandover(
  context: PlanContext,
  comparison: Comparison,
): Promise<ComparisonWithHandover> {
  const handsOverReplicas = await dropsScaledReplicas(context, comparison);
  const { entry } = comparison;
  return {
    ...comparison,
    handsOverReplicas,
    entry: handsOverReplicas
      ? {
          ...entry,
          changedFields: entry.changedFields?.filter(
            field => field !== '.spec.replicas',
          ),
          reason: 'spec.replicas is handed over to the autoscaler as it is',
        }
      : entry,
  };
}

/**
 * Makes a second manager own the live replicas, so that our dropping them changes nothing.
 *
 * @returns the object as it is then
 */
export async function handOverReplicas(options: {
  client: KubernetesClient;
  live: KubernetesObject;
  /** Refuses with a conflict where the object has another version. Default: any. */
  atVersion?: string;
  signal?: AbortSignal;
}): Promise<KubernetesObject> {
  const { client, live, atVersion, signal } = options;
  const { apiVersion, kind, metadata } = live;
  const { object } = await client.apply(
    {
      apiVersion,
      kind,
      metadata: {
        name: metadata.name,
        namespace: metadata.namespace,
        ...(atVersion === undefined ? {} : { resourceVersion: atVersion }),
      },
      spec: { replicas: replicasSetIn({ object: live }) },
    },
    { fieldManager: HANDOVER_MANAGER, signal },
  );
  return object;
}
