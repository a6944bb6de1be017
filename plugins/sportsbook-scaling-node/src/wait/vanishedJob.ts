import {
  computeStatus,
  groupKindOf,
  KubernetesObject,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const jobSchema = z.object({
  spec: z.object({ ttlSecondsAfterFinished: z.number() }),
});

/**
 * What a Job had become that is gone because its spec wanted it removed once
 * finished: nobody has to wait for it to come back.
 *
 * @param last - as it was seen last
 * @returns undefined for whatever is missed: no Job, or one without a
 *   `ttlSecondsAfterFinished`
 */
export function vanishedJob(last: KubernetesObject): ObjectStatus | undefined {
  if (groupKindOf(last) !== 'batch/Job' || !jobSchema.safeParse(last).success) {
    return undefined;
  }
  const { deletionTimestamp, ...metadata } = last.metadata;
  const { status, message } = computeStatus({ ...last, metadata });
  return status === 'failed'
    ? { status, message: `${message}; removed since, as its spec says` }
    : {
        // Only a finished Job is removed so; its end may lie between two looks.
        status: 'current',
        message: `${message}; removed after it finished, as its spec says`,
      };
}
