import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const LONGEST_NAME = 63;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Labels by which a cluster is told that a namespace may do more than it may. */
const POD_SECURITY_PREFIX = 'pod-security.kubernetes.io/';

const quantity = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const text = String(value);
    try {
      parseQuantity(text);
    } catch (error) {
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: error instanceof Error ? error.message : String(error),
      });
    }
    return text;
  });
const quantities = z.record(quantity);

const pattern = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      RegExp(text);
    } catch {
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: `'${text}' is not a regular expression`,
      });
    }
  });

const creationSchema = z
  .object({
    create: z.literal(true),
    pattern,
    labels: z.record(z.string()).default({}),
    annotations: z.record(z.string()).default({}),
    podSecurity: z.enum(['restricted', 'baseline', 'privileged']).optional(),
    resourceQuota: z.object({ hard: quantities }).strict().optional(),
    limitRange: z
      .object({
        limits: z
          .array(
            z
              .object({
                type: z.enum(['Container', 'Pod', 'PersistentVolumeClaim']),
                min: quantities.optional(),
                max: quantities.optional(),
                default: quantities.optional(),
                defaultRequest: quantities.optional(),
                maxLimitRequestRatio: quantities.optional(),
              })
              .strict(),
          )
          .min(1),
      })
      .strict()
      .optional(),
  })
  .strict()
  .superRefine(({ labels, podSecurity }, context) => {
    const twice = Object.keys(labels).find(label =>
      label.startsWith(POD_SECURITY_PREFIX),
    );
    if (podSecurity !== undefined && twice !== undefined) {
      context.addIssue({
        code: z.ZodIssueCode.custom,
        path: ['labels', twice],
        message: `is said by podSecurity already; leave one of them out`,
      });
    }
  });

/** The value of `sportsbookScaling.clusters[].namespaces`; `existing` makes none. */
export const namespacesSchema = z.preprocess(
  value => (value === 'existing' ? undefined : value),
  creationSchema.optional(),
);

/** How namespaces of a cluster are made where they are absent. */
export type NamespaceCreation = z.output<typeof creationSchema>;

/**
 * Why a namespace of this name may not be made; undefined: it may.
 *
 * @returns a clause without a full stop that says the pattern
 */
export function namespaceNameProblem(
  { pattern: allowed }: NamespaceCreation,
  name: string,
): string | undefined {
  if (name.length > LONGEST_NAME || !NAME.test(name)) {
    return `'${name}' is not a possible name of a namespace: at most ${LONGEST_NAME} lower-case letters, digits and dashes, with a letter or digit at both ends`;
  }
  if (/^(kube-|default$)/.test(name)) {
    return `'${name}' is Kubernetes' own`;
  }
  return new RegExp(`^(?:${allowed})$`).test(name)
    ? undefined
    : `a new namespace must be named by the pattern ${allowed}, and '${name}' is not`;
}
