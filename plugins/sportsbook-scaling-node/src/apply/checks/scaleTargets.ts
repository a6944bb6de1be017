import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const targetSchema = z.object({
  spec: z.object({
    scaleTargetRef: z.object({
      apiVersion: z.string().default('apps/v1'),
      kind: z.string().default('Deployment'),
      name: z.string(),
    }),
  }),
});

/** What a ScaledObject or HorizontalPodAutoscaler scales; undefined where it does not say. */
export function scaleTargetOf(
  autoscaler: KubernetesObject,
): ObjectRef | undefined {
  const parsed = targetSchema.safeParse(autoscaler);
  return parsed.success
    ? {
        ...parsed.data.spec.scaleTargetRef,
        namespace: autoscaler.metadata.namespace,
      }
    : undefined;
}
