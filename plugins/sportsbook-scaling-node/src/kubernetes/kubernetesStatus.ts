import { z } from 'zod';

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().nullish(),
  reason: z.string().nullish(),
  code: z.number().nullish(),
  details: z
    .object({
      name: z.string().nullish(),
      kind: z.string().nullish(),
      retryAfterSeconds: z.number().nullish(),
      causes: z
        .array(
          z.object({
            reason: z.string().nullish(),
            message: z.string().nullish(),
            field: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/** What the API server says about a refusal; https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export type KubernetesStatus = z.infer<typeof statusSchema>;

/** Undefined where the value is no `Status`. */
export function readStatus(value: unknown): KubernetesStatus | undefined {
  const parsed = statusSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The same for a body of which not even JSON is known. */
export function readStatusText(text: string): KubernetesStatus | undefined {
  try {
    return readStatus(JSON.parse(text));
  } catch {
    return undefined;
  }
}
