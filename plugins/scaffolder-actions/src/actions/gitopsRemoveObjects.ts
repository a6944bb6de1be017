import { ConflictError } from '@backstage/errors';
import {
  countChanges,
  deleteObjects,
  GitOpsDelivery,
  registrationContent,
  registrationRefs,
  stillThere,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';
import type { Unregistered } from './gitopsUnregister';
import { openClusterFor } from './openClusterFor';

/**
 * Deletes the controller's objects from its cluster, where `gitopsApply` wrote
 * them, and waits until the controller has let them go.
 *
 * @throws ConflictError where they deliver something else, or would leave the
 *   service behind
 * @throws DeleteFailedError naming what stays
 */
export async function gitopsRemoveObjects(options: {
  access: ClusterAccess;
  ctx: TaskIdentity;
  cluster: string;
  delivery: GitOpsDelivery;
  service: { name: string; namespace: string };
  isRepository: (url: string) => boolean;
  plan: boolean;
  timeoutSeconds: number;
}): Promise<Unregistered> {
  const { access, ctx, delivery, service, plan } = options;
  const cluster =
    ('controlCluster' in delivery ? delivery.controlCluster : undefined) ??
    options.cluster;
  const refs = registrationRefs(delivery, service);
  const namespace = delivery.namespace ?? service.namespace;
  const { client, granted } = await openClusterFor({
    access,
    ctx,
    cluster,
    namespace,
    otherNamespaces: [],
    manifests: refs.map(({ apiVersion, kind, name }, index) => ({
      object: { apiVersion, kind, metadata: { name, namespace } },
      source: { file: 'gitops:unregister', document: index + 1, line: 1 },
    })),
    registers: true,
  });
  const there = await stillThere(
    { client, objects: refs },
    { signal: ctx.signal },
  );
  if (there.length === 0) {
    return {
      state: 'absent',
      summary: `Namespace '${namespace}' of cluster '${cluster}' has no registration of ${service.namespace}/${service.name}: nothing to take out`,
    };
  }
  assertRegistration(
    registrationContent(
      there.map(({ object }) => object),
      { delivery, service, isRepository: options.isRepository },
    ),
    `${refs[0].name} in namespace '${namespace}' of cluster '${cluster}'`,
  );
  const changeSet = await deleteObjects({
    client,
    granted,
    objects: there.map(({ ref, object }) => ({
      ref,
      uid: object.metadata.uid,
    })),
    plan,
    timeoutSeconds: options.timeoutSeconds,
    onProgress: line => ctx.logger.info(line),
    signal: ctx.signal,
  });
  const kept = changeSet.filter(({ action }) => action === 'skipped');
  if (kept.length > 0) {
    throw new ConflictError(
      `Cluster '${cluster}' keeps what delivers ${service.namespace}/${
        service.name
      }: ${kept
        .map(({ ref, reason }) => `${ref.kind} ${ref.name}: ${reason}`)
        .join('; ')}. Ask whoever made it to take it away`,
    );
  }
  const counted = `Cluster '${cluster}': ${countChanges(changeSet)}`;
  return plan
    ? { state: 'planned', summary: `${counted}; nothing was changed` }
    : { state: 'unregistered', summary: counted };
}

/**
 * @param where - what was looked at, for the message
 * @throws ConflictError
 */
export function assertRegistration(
  content: ReturnType<typeof registrationContent>,
  where: string,
): void {
  if (content.foreign !== undefined) {
    throw new ConflictError(
      `${where} is not the registration of this service: ${content.foreign}. It was left alone; take it away by hand if it is to go`,
    );
  }
  if (content.keeps !== undefined) {
    throw new ConflictError(
      `${where} would leave the service on the cluster: ${content.keeps}. Correct that first, or remove registration and objects by hand`,
    );
  }
}
