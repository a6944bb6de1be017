import type { KedaCondition } from './scaledObjectSpec';

export type KedaConditionType =
  | 'Ready'
  | 'Active'
  | 'Fallback'
  | 'Paused'
  | 'HPAActive';

export const READY_MESSAGE =
  'ScaledObject is defined correctly and is ready for scaling';
export const PAUSED_MESSAGE = 'ScaledObject is paused';

export const FALLING_BACK = {
  status: 'True',
  reason: 'FallbackExists',
  message: 'At least one trigger is falling back on this scaled object',
};
export const NO_FALLBACK = {
  status: 'False',
  reason: 'NoFallbackFound',
  message: 'No fallbacks are active on this scaled object',
};

/** The four that every ScaledObject has from its first moment. */
const INITIAL: readonly KedaCondition[] = [
  { type: 'Ready', status: 'Unknown' },
  { type: 'Active', status: 'Unknown' },
  { type: 'Fallback', status: 'Unknown' },
  { type: 'Paused', status: 'False' },
];

/** KEDA's conditions carry no times; `HPAActive` comes last, when an autoscaler was first seen. */
export function initializedConditions(
  conditions: readonly KedaCondition[],
): KedaCondition[] {
  const complete = INITIAL.every(({ type }) =>
    conditions.some(condition => condition.type === type),
  );
  return complete ? [...conditions] : [...INITIAL];
}

export function withCondition(
  conditions: readonly KedaCondition[],
  type: KedaConditionType,
  value: Omit<KedaCondition, 'type'>,
): KedaCondition[] {
  const next = {
    ...(value.message ? { message: value.message } : {}),
    ...(value.reason ? { reason: value.reason } : {}),
    status: value.status,
    type,
  };
  return conditions.some(condition => condition.type === type)
    ? conditions.map(condition => (condition.type === type ? next : condition))
    : [...conditions, next];
}

export function statusOfCondition(
  conditions: readonly KedaCondition[],
  type: KedaConditionType,
): string | undefined {
  return conditions.find(condition => condition.type === type)?.status;
}
