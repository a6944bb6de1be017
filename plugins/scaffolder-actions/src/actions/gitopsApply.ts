import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  applyManifests,
  countChanges,
  GitOpsDelivery,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';
import type { Registered } from './gitopsRegister';
import { openClusterFor } from './openClusterFor';

/** Writes the controller's objects to its cluster: the only write that is made there. */
export async function gitopsApply(options: {
  access: ClusterAccess;
  ctx: TaskIdentity;
  cluster: string;
  delivery: GitOpsDelivery;
  objects: KubernetesObject[];
}): Promise<Registered> {
  const { access, ctx, delivery, objects } = options;
  const cluster =
    ('controlCluster' in delivery ? delivery.controlCluster : undefined) ??
    options.cluster;
  const namespace = objects[0].metadata.namespace ?? '';
  const manifests = objects.map((object, index) => ({
    object,
    source: { file: 'gitops:register', document: index + 1, line: 1 },
  }));
  const opened = await openClusterFor({
    access,
    ctx,
    cluster,
    namespace,
    otherNamespaces: [],
    manifests,
    registers: true,
  });
  const changeSet = await applyManifests({
    ...opened,
    manifests,
    namespace,
    onProgress: line => ctx.logger.info(line),
    signal: ctx.signal,
  });
  ctx.logger.info(`Cluster '${cluster}': ${countChanges(changeSet)}`);
  return { state: 'registered', changeSet };
}
