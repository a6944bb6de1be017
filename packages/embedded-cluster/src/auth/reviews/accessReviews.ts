import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { UserInfo } from '../../model/UserInfo';
import type { AccessRequest, Authorizer } from '../../ports/Authorizer';
import type { VirtualResource } from '../../ports/VirtualResource';
import {
  accessOf,
  readAccessReviewSpec,
  type AccessReviewSpec,
} from './accessReviewSpec';
import { reviewType } from './reviewType';

const GROUP = 'authorization.k8s.io';

function reviewedUser({
  user,
  uid,
  groups,
  extra,
}: AccessReviewSpec): UserInfo {
  return {
    username: user,
    groups: groups ?? [],
    ...(uid === '' ? {} : { uid }),
    ...(extra ? { extra } : {}),
  };
}

function answer(
  authorizer: Authorizer,
  object: KubernetesObject,
  request: AccessRequest,
): KubernetesObject {
  const { allowed, reason } = authorizer.authorize(request);
  return {
    ...object,
    status: { allowed, ...(reason === '' ? {} : { reason }) },
  };
}

/** `SelfSubjectAccessReview`, `SubjectAccessReview` and `LocalSubjectAccessReview`. */
export function accessReviews(authorizer: Authorizer): VirtualResource[] {
  return [
    {
      type: reviewType(GROUP, 'SelfSubjectAccessReview'),
      async create(object, { user }) {
        const spec = readAccessReviewSpec(object);
        const access = accessOf(object, spec, { names: 'self' });
        return answer(authorizer, object, { ...access, user });
      },
    },
    {
      type: reviewType(GROUP, 'SubjectAccessReview'),
      async create(object) {
        const spec = readAccessReviewSpec(object);
        const access = accessOf(object, spec, { names: 'user' });
        return answer(authorizer, object, {
          ...access,
          user: reviewedUser(spec),
        });
      },
    },
    {
      type: reviewType(GROUP, 'LocalSubjectAccessReview', true),
      async create(object, { namespace }) {
        const spec = readAccessReviewSpec(object);
        const access = accessOf(object, spec, { names: 'user', namespace });
        return answer(authorizer, object, {
          ...access,
          user: reviewedUser(spec),
        });
      },
    },
  ];
}
