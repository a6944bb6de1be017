import {
  Monitoring,
  POLICY_LIMITS,
  scalingPolicyFields,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const contextSchema = z.object({ formData: z.unknown() });
const monitoringSchema = scalingPolicyFields.pick({ monitoring: true });
const minReplicasSchema = scalingPolicyFields.pick({ minReplicas: true });

/** All values of the wizard, out of the context that the scaffolder hands to each field. */
export function formDataOf(formContext: unknown): unknown {
  const parsed = contextSchema.safeParse(formContext);
  return parsed.success ? parsed.data.formData : undefined;
}

const clusterSchema = z.object({ cluster: z.string().min(1) });

/** The form's `cluster`; undefined while none is chosen. */
export function clusterOf(formData: unknown): string | undefined {
  const parsed = clusterSchema.safeParse(formData);
  return parsed.success ? parsed.data.cluster : undefined;
}

/** The form's `monitoring`; what the policy defaults to while it is not chosen. */
export function monitoringOf(formData: unknown): Monitoring {
  const parsed = monitoringSchema.safeParse(formData);
  return parsed.success
    ? parsed.data.monitoring
    : monitoringSchema.parse({}).monitoring;
}

/** The form's `minReplicas`; the policy's default while it is not a possible number. */
export function minReplicasOf(formData: unknown): number {
  const parsed = minReplicasSchema.safeParse(formData);
  return parsed.success
    ? parsed.data.minReplicas
    : POLICY_LIMITS.minReplicas.default;
}
