import { z } from 'zod';
import { StatusError } from '../../model/StatusError';
import type { Admission } from '../../ports/Admission';

const jobSchema = z.object({
  spec: z.object({
    completionMode: z.string().nullish(),
    podFailurePolicy: z.unknown().optional(),
    successPolicy: z.unknown().optional(),
    backoffLimitPerIndex: z.unknown().optional(),
    managedBy: z.string().nullish(),
  }),
});

/** Value of `managedBy` that means the usual controller. */
const OURS = 'kubernetes.io/job-controller';

/**
 * Says of Jobs what this cluster does not have, instead of running them as
 * something else.
 *
 * @throws StatusError 501
 */
export const refuseUnsupportedJobs: Admission = ({
  operation,
  type,
  object,
  subresource,
}) => {
  if (
    operation !== 'CREATE' ||
    type.group !== 'batch' ||
    type.kind !== 'Job' ||
    subresource !== undefined
  ) {
    return;
  }
  const { spec } = jobSchema.parse(object);
  if (spec.completionMode === 'Indexed') {
    throw StatusError.notImplemented(
      'runs Jobs without indexes only: leave spec.completionMode out, or use a real cluster',
    );
  }
  const unknown = [
    'podFailurePolicy' as const,
    'successPolicy' as const,
    'backoffLimitPerIndex' as const,
  ].find(field => spec[field] !== undefined && spec[field] !== null);
  if (unknown !== undefined) {
    throw StatusError.notImplemented(
      `does not evaluate spec.${unknown} of a Job: leave it out, or use a real cluster`,
    );
  }
  if (spec.managedBy && spec.managedBy !== OURS) {
    throw StatusError.notImplemented(
      `has no Job controller '${spec.managedBy}': leave spec.managedBy out`,
    );
  }
};
