import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import type {
  DefinitionCondition,
  DefinitionFields,
} from '../kinds/definitionRules';
import { shaped } from '../kinds/shaped';

/** A definition that is deleted says so in its conditions, and waits for its objects to go. */
export function markDefinition(
  definition: KubernetesObject,
  finalizers: string[],
  nowMilliseconds: number,
): KubernetesObject {
  if (definition.metadata.deletionTimestamp !== undefined) {
    return definition;
  }
  const now = timestamp(nowMilliseconds);
  const { status = {} } = shaped<DefinitionFields>(definition);
  const terminating: DefinitionCondition = {
    lastTransitionTime: now,
    message:
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
    reason: 'InstanceDeletionPending',
    status: 'True',
    type: 'Terminating',
  };
  return {
    ...definition,
    metadata: { ...definition.metadata, deletionTimestamp: now, finalizers },
    status: {
      ...status,
      conditions: [
        ...(status.conditions ?? []).filter(
          ({ type }) => type !== 'Terminating',
        ),
        terminating,
      ],
    },
  };
}
