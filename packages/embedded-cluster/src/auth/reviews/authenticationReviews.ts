import { z } from 'zod';
import { timestamp, type Clock } from '../../model/Clock';
import { StatusError } from '../../model/StatusError';
import type { UserInfo } from '../../model/UserInfo';
import type { VirtualResource } from '../../ports/VirtualResource';
import { API_AUDIENCE, type ServiceAccountTokens } from '../tokens';
import { reviewType } from './reviewType';

const GROUP = 'authentication.k8s.io';

const tokenReviewSchema = z.object({
  token: z.string().min(1),
  audiences: z.array(z.string()).nullish(),
});

function shown({ username, uid, groups, extra }: UserInfo) {
  return {
    username,
    ...(uid === undefined ? {} : { uid }),
    groups,
    ...(extra === undefined ? {} : { extra }),
  };
}

/** `TokenReview`: whose token it is, and whether it still counts. */
export function tokenReview(
  tokens: Pick<ServiceAccountTokens, 'check'>,
): VirtualResource {
  return {
    type: reviewType(GROUP, 'TokenReview'),
    async create(object) {
      const spec = tokenReviewSchema.safeParse(object.spec);
      if (!spec.success) {
        throw StatusError.badRequest(
          'token is required for TokenReview in authentication',
        );
      }
      const audiences = spec.data.audiences ?? [];
      const check = await tokens.check(
        spec.data.token,
        audiences.length === 0 ? [API_AUDIENCE] : audiences,
      );
      return {
        ...object,
        status:
          check.status === 'valid'
            ? {
                authenticated: true,
                user: shown(check.user),
                audiences: check.audiences,
              }
            : { user: {}, error: check.reason },
      };
    },
  };
}

/** `SelfSubjectReview`: what `kubectl auth whoami` asks. */
export function selfSubjectReview(clock: Clock): VirtualResource {
  return {
    type: reviewType(GROUP, 'SelfSubjectReview'),
    create: async (object, { user }) => ({
      ...object,
      metadata: {
        ...object.metadata,
        creationTimestamp: timestamp(clock.now()),
      },
      status: { userInfo: shown(user) },
    }),
  };
}
