import { z } from 'zod/v3';

/** One of `status.conditions`. The status is free text: the Prometheus operator also says `Degraded`. */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  observedGeneration: z.number().nullish(),
  lastTransitionTime: z.string().nullish(),
});

export type RawCondition = z.output<typeof conditionSchema>;

export const conditionsSchema = z
  .array(conditionSchema)
  .nullish()
  .transform(conditions => conditions ?? []);

/** A `status` of which only the conditions matter. */
export const conditionedSchema = z.object({
  status: z
    .object({ conditions: conditionsSchema })
    .nullish()
    .transform(status => status ?? { conditions: [] }),
});

export function findCondition<T extends { type: string }>(
  conditions: readonly T[],
  type: string,
): T | undefined {
  return conditions.find(condition => condition.type === type);
}

/** `Available is False: MinimumReplicasUnavailable: Deployment does not have minimum availability.` */
export function describeCondition(condition: RawCondition): string {
  const detail = [condition.reason, condition.message]
    .filter(text => text !== undefined && text !== null && text !== '')
    .join(': ');
  const said = `${condition.type} is ${condition.status}`;
  return detail === '' ? said : `${said}: ${plainMessage(detail)}`;
}

/** Without Go's print of a label selector, which hides the cause in autoscalers' messages. */
export function plainMessage(message: string): string {
  return message
    .replace(/\/?&LabelSelector\{.*?MatchExpressions:\[\].*?\{\},\}/g, '')
    .replace(/\(\)/g, '');
}
