import {
  computeStatus,
  KubernetesObject,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

const revisionsSchema = z.object({
  status: z
    .object({
      lastAppliedRevision: z.string().nullish(),
      artifact: z.object({ revision: z.string() }).nullish(),
      sync: z.object({ revision: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

/**
 * The commit that a controller's object is at; undefined: at none yet.
 *
 * @remarks
 * Flux writes `main@sha1:<commit>`, as the artifact of a source and as what a
 * Kustomization applied last; Argo CD the bare commit.
 */
export function deliveredCommit(object: KubernetesObject): string | undefined {
  const parsed = revisionsSchema.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { lastAppliedRevision, artifact, sync } = parsed.data.status ?? {};
  const revision = lastAppliedRevision ?? artifact?.revision ?? sync?.revision;
  return revision?.split(':').at(-1) ?? undefined;
}

/**
 * Whether a controller's object is what its spec says, and at the commit that
 * was published: being healthy at an older one says nothing.
 *
 * @param commit - undefined: whichever it is at
 */
export function deliveredStatus(
  object: KubernetesObject,
  commit: string | undefined,
): ObjectStatus {
  const status = computeStatus(object);
  if (status.status !== 'current' || commit === undefined) {
    return status;
  }
  const delivered = deliveredCommit(object);
  return delivered === commit
    ? status
    : {
        status: 'inProgress',
        message: `at ${
          delivered === undefined ? 'no commit' : delivered.slice(0, 12)
        } yet, not at ${commit.slice(0, 12)}`,
      };
}
