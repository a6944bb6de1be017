import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { StatusError, type StatusCause } from '../../model/StatusError';
import type { AccessRequest } from '../../ports/Authorizer';
import { invalidRequestError, invalidValue } from '../invalidRequestError';

const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

const specSchema = z.object({
  resourceAttributes: z
    .object({
      namespace: text,
      verb: text,
      group: text,
      resource: text,
      subresource: text,
      name: text,
    })
    .nullish(),
  nonResourceAttributes: z.object({ path: text, verb: text }).nullish(),
  user: text,
  uid: text,
  groups: z.array(z.string()).nullish(),
  extra: z.record(z.string(), z.array(z.string())).nullish(),
});

export type AccessReviewSpec = z.infer<typeof specSchema>;

/** @throws StatusError 400 for a spec that has other types than it should */
export function readAccessReviewSpec(
  object: KubernetesObject,
): AccessReviewSpec {
  const read = specSchema.safeParse(object.spec ?? {});
  if (read.success) {
    return read.data;
  }
  const [issue] = read.error.issues;
  throw StatusError.badRequest(
    `${object.kind} in version "v1" cannot be handled as a ${
      object.kind
    }: spec.${issue.path.join('.')}: ${issue.message}`,
  );
}

/** What the API server shows of attributes in a refusal. */
const shown = (attributes: { path: string; verb: string }) => ({
  Path: attributes.path,
  Verb: attributes.verb,
});

/** What is asked, without the user. @throws StatusError 422 */
export function accessOf(
  object: KubernetesObject,
  spec: AccessReviewSpec,
  checks: { names: 'user' | 'self'; namespace?: string },
): Omit<AccessRequest, 'user'> {
  const { resourceAttributes, nonResourceAttributes } = spec;
  const causes: Required<StatusCause>[] = [];
  if (resourceAttributes && nonResourceAttributes) {
    causes.push(
      invalidValue(
        'spec.nonResourceAttributes',
        shown(nonResourceAttributes),
        'cannot be specified in combination with resourceAttributes',
      ),
    );
  }
  if (!resourceAttributes && !nonResourceAttributes) {
    causes.push(
      invalidValue(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    );
  }
  if (
    checks.names === 'user' &&
    spec.user === '' &&
    (spec.groups ?? []).length === 0
  ) {
    causes.push(
      invalidValue(
        'spec.user',
        '',
        'at least one of user or group must be specified',
      ),
    );
  }
  // Clients may send the time that their serializer writes for none.
  const metadata = Object.fromEntries(
    Object.entries(object.metadata ?? {}).filter(
      ([name, value]) =>
        !['managedFields', 'namespace', 'creationTimestamp'].includes(name) &&
        value !== '' &&
        value !== null,
    ),
  );
  if (Object.keys(metadata).length > 0) {
    causes.push(invalidValue('metadata', metadata, 'must be empty'));
  }
  if (checks.namespace !== undefined) {
    if (
      resourceAttributes &&
      resourceAttributes.namespace !== checks.namespace
    ) {
      causes.push(
        invalidValue(
          'spec.resourceAttributes.namespace',
          resourceAttributes.namespace,
          'must match metadata.namespace',
        ),
      );
    }
    if (nonResourceAttributes) {
      causes.push(
        invalidValue(
          'spec.nonResourceAttributes',
          shown(nonResourceAttributes),
          'disallowed on this kind of request',
        ),
      );
    }
  }
  if (causes.length > 0) {
    throw invalidRequestError({ group: 'authorization.k8s.io' }, causes);
  }
  if (nonResourceAttributes) {
    return nonResourceAttributes;
  }
  return { verb: '', ...resourceAttributes };
}
