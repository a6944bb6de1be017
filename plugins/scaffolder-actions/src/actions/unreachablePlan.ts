import {
  ChangeSet,
  ClusterUnreachableError,
  SourcedObject,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';

/**
 * What a plan says of a cluster that does not answer and that its own people
 * apply to: that nothing could be seen, and why. Only they have to reach it.
 *
 * @returns undefined where the cluster answers
 * @throws what opening it throws besides, such as NotAllowedError
 */
export async function unreachablePlan(options: {
  access: ClusterAccess;
  ctx: TaskIdentity;
  cluster: string;
  namespaces: string[];
  manifests: SourcedObject[];
}): Promise<{ changes: ChangeSet; reason: string } | undefined> {
  const { access, ctx, cluster, namespaces, manifests } = options;
  const client = await access.open({
    ctx,
    cluster,
    namespaces,
    kinds: [],
    clusterScopedKinds: [],
  });
  try {
    await client.discover({ fresh: true, signal: ctx.signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof ClusterUnreachableError)) {
      throw error;
    }
    const reason = error.message;
    return {
      reason,
      changes: manifests.map(({ object, source }) => ({
        ref: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          name: object.metadata.name,
          // Which kinds live in a namespace only the cluster could say.
          ...(object.metadata.namespace === undefined
            ? {}
            : { namespace: object.metadata.namespace }),
        },
        ...source,
        action: 'unverifiable' as const,
        reason: `the cluster cannot be reached: ${reason}`,
        warnings: [],
      })),
    };
  }
}
