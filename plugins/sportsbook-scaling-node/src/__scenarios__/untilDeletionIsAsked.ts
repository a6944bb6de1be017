import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ScenarioContext } from './ScenarioContext';

/** Resolves once somebody has asked to delete an object that finalizers keep. */
export async function untilDeletionIsAsked(
  context: ScenarioContext,
  object: KubernetesObject,
): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  for await (const event of context.client.watch(
    { apiVersion, kind },
    { namespace: context.namespace, timeoutSeconds: 60 },
  )) {
    if (
      event.type !== 'BOOKMARK' &&
      event.object.metadata.name === metadata.name &&
      event.object.metadata.deletionTimestamp !== undefined
    ) {
      return;
    }
  }
  throw new Error(`Nobody asked to delete ${kind} ${metadata.name}`);
}
