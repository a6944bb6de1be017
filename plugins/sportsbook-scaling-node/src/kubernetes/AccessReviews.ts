import { z } from 'zod';
import { AccessQuestion, CallOptions } from '../ports/KubernetesClient';
import { AccessRule, coversQuestion } from './accessRules';
import { RestCalls } from './RestCalls';
import { reviewAccess } from './reviewAccess';

/** So many questions about a namespace are asked one by one. */
const ASKED_SINGLY = 2;
/** Rights that are given or taken meanwhile count after this time. */
const RULES_LIVE_MILLISECONDS = 10_000;

/** https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-rules-review-v1/ */
const rulesSchema = z.object({
  status: z.object({
    incomplete: z.boolean(),
    resourceRules: z
      .array(
        z.object({
          verbs: z.array(z.string()).nullish(),
          apiGroups: z.array(z.string()).nullish(),
          resources: z.array(z.string()).nullish(),
          resourceNames: z.array(z.string()).nullish(),
        }),
      )
      .nullish(),
  }),
});

interface Asked {
  questions: number;
  rules?: { atMilliseconds: number; rules: Promise<readonly AccessRule[]> };
}

/**
 * Asks what one identity may do, in few requests.
 *
 * @remarks
 * After the first questions about a namespace, all rules that hold there are
 * fetched at once. What they grant is granted, provided that the server calls them
 * complete: then no authorizer is in use that could deny it. Whatever they do not
 * grant is still asked singly, so that the server's own answer counts.
 */
export class AccessReviews {
  readonly #calls: RestCalls;
  readonly #asked = new Map<string, Asked>();

  constructor(calls: RestCalls) {
    this.#calls = calls;
  }

  async review(
    question: AccessQuestion,
    options: CallOptions,
  ): Promise<{ allowed: boolean; reason?: string }> {
    const { namespace } = question;
    if (namespace !== undefined) {
      const rules = await this.#rulesOf(namespace, options);
      if (rules.some(rule => coversQuestion(rule, question))) {
        return { allowed: true };
      }
    }
    return await reviewAccess(this.#calls, question, options);
  }

  async #rulesOf(
    namespace: string,
    options: CallOptions,
  ): Promise<readonly AccessRule[]> {
    const asked = this.#asked.get(namespace) ?? { questions: 0 };
    this.#asked.set(namespace, asked);
    asked.questions += 1;
    if (asked.questions <= ASKED_SINGLY) {
      return [];
    }
    const now = performance.now();
    if (
      asked.rules === undefined ||
      now - asked.rules.atMilliseconds > RULES_LIVE_MILLISECONDS
    ) {
      asked.rules = {
        atMilliseconds: now,
        rules: this.#fetchRules(namespace, options),
      };
    }
    return await asked.rules.rules;
  }

  /** None where the server does not tell: single questions say why, if that matters. */
  async #fetchRules(
    namespace: string,
    options: CallOptions,
  ): Promise<readonly AccessRule[]> {
    const purpose = { action: `tell the rights in namespace ${namespace}` };
    try {
      const answer = await this.#calls.call(
        {
          method: 'POST',
          path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectRulesReview',
            spec: { namespace },
          }),
        },
        purpose,
        options,
      );
      const { status } = this.#calls.parse(rulesSchema, answer, purpose);
      return status.incomplete ? [] : status.resourceRules ?? [];
    } catch {
      options.signal?.throwIfAborted();
      return [];
    }
  }
}
