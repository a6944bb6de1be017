import { z } from 'zod';
import { AccessQuestion, CallOptions } from '../ports/KubernetesClient';
import { RestCalls } from './RestCalls';

const reviewSchema = z.object({
  status: z.object({
    allowed: z.boolean(),
    reason: z.string().optional(),
    evaluationError: z.string().optional(),
  }),
});

/** Asks the API server what the identity of these calls may do. */
export async function reviewAccess(
  calls: RestCalls,
  question: AccessQuestion,
  options: CallOptions,
): Promise<{ allowed: boolean; reason?: string }> {
  const purpose = { action: `review access to ${question.resource}` };
  const answer = await calls.call(
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: question },
      }),
    },
    purpose,
    options,
  );
  const { status } = calls.parse(reviewSchema, answer, purpose);
  const reason = status.reason ?? status.evaluationError;
  return { allowed: status.allowed, ...(reason ? { reason } : {}) };
}
