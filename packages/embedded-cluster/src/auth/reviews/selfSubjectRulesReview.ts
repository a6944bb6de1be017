import { z } from 'zod';
import { StatusError } from '../../model/StatusError';
import type { VirtualResource } from '../../ports/VirtualResource';
import type { RbacAuthorizer } from '../rbac';
import { reviewType } from './reviewType';

const specSchema = z.object({ namespace: z.string().min(1) });

/** What `kubectl auth can-i --list` asks: all rules that hold for the user in a namespace. */
export function selfSubjectRulesReview(
  authorizer: Pick<RbacAuthorizer, 'rulesFor'>,
): VirtualResource {
  return {
    type: reviewType('authorization.k8s.io', 'SelfSubjectRulesReview'),
    async create(object, { user }) {
      const spec = specSchema.safeParse(object.spec);
      if (!spec.success) {
        throw StatusError.badRequest('no namespace on request');
      }
      const { rules, problems } = authorizer.rulesFor(
        user,
        spec.data.namespace,
      );
      return {
        ...object,
        spec: {},
        status: {
          resourceRules: rules
            .filter(({ resources }) => resources.length > 0)
            .map(({ verbs, apiGroups, resources, resourceNames }) => ({
              verbs,
              apiGroups,
              resources,
              ...(resourceNames.length === 0 ? {} : { resourceNames }),
            })),
          nonResourceRules: rules
            .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
            .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
          // As Kubernetes: what is missing is said by the error alone.
          incomplete: false,
          ...(problems.length === 0
            ? {}
            : { evaluationError: problems.join(', ') }),
        },
      };
    },
  };
}
