/** What all conditions of workloads have. */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  [key: string]: unknown;
}

export function conditionOf<T extends Condition>(
  conditions: readonly T[],
  type: string,
): T | undefined {
  return conditions.find(condition => condition.type === type);
}

export function withoutCondition<T extends Condition>(
  conditions: readonly T[],
  type: string,
): T[] {
  return conditions.filter(condition => condition.type !== type);
}
