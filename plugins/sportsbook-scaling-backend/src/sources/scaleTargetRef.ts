import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

const reference = z.object({
  name: z.string(),
  kind: z.string().default('Deployment'),
  apiVersion: z.string().default('apps/v1'),
});

const scaler = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({ scaleTargetRef: reference }),
  status: z
    .object({
      scaleTargetGVKR: z
        .object({ group: z.string(), version: z.string(), kind: z.string() })
        .optional(),
    })
    .optional(),
});

/**
 * What a ScaledObject or HorizontalPodAutoscaler scales; undefined where the
 * object does not say. KEDA's status wins over the spec, whose kind may be left
 * out or abbreviated.
 */
export function scaleTargetRef(
  object: KubernetesObject,
): ObjectRef | undefined {
  const parsed = scaler.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, spec, status } = parsed.data;
  const { name, kind, apiVersion } = spec.scaleTargetRef;
  const resolved = status?.scaleTargetGVKR;
  return {
    apiVersion: resolved
      ? [resolved.group, resolved.version].filter(Boolean).join('/')
      : apiVersion,
    kind: resolved?.kind ?? kind,
    name,
    namespace: metadata.namespace,
  };
}
