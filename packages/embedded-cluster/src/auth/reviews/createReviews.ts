import type { Clock } from '../../model/Clock';
import type { VirtualResource } from '../../ports/VirtualResource';
import type { RbacAuthorizer } from '../rbac';
import type { ServiceAccountTokens } from '../tokens';
import { accessReviews } from './accessReviews';
import { selfSubjectReview, tokenReview } from './authenticationReviews';
import { selfSubjectRulesReview } from './selfSubjectRulesReview';

/** All kinds of `authentication.k8s.io/v1` and `authorization.k8s.io/v1`. */
export function createReviews(options: {
  authorizer: RbacAuthorizer;
  tokens: Pick<ServiceAccountTokens, 'check'>;
  clock: Clock;
}): VirtualResource[] {
  const { authorizer, tokens, clock } = options;
  return [
    ...accessReviews(authorizer),
    selfSubjectRulesReview(authorizer),
    tokenReview(tokens),
    selfSubjectReview(clock),
  ];
}
