import { ScmIntegrations } from '@backstage/integration';
import {
  GitOpsDelivery,
  planApply,
  PlanRefusedError,
  registrationRefs,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, TaskIdentity } from '../access/ClusterAccess';
import { gitopsRemote } from './gitopsRemote';
import type { Registered } from './gitopsRegister';
import { openClusterFor } from './openClusterFor';

/**
 * Sees what would speak against registering a service, so that it shows before
 * an image is built: a name that is too long, a host that cannot be pushed to,
 * a kind that nobody granted or that the cluster does not serve.
 *
 * @throws InputError, NotAllowedError, PlanRefusedError with the reason
 */
export async function gitopsPlan(options: {
  access: ClusterAccess;
  integrations: ScmIntegrations;
  ctx: TaskIdentity;
  cluster: string;
  delivery: GitOpsDelivery;
  service: { name: string; namespace: string };
}): Promise<Registered> {
  const { access, integrations, ctx, delivery, service } = options;
  const refs = registrationRefs(delivery, service);
  if (delivery.repository !== undefined) {
    const { repoUrl, branch } = delivery.repository;
    const { type } = await gitopsRemote(integrations, repoUrl);
    ctx.logger.info(`Would propose it to ${branch} of ${repoUrl} (${type})`);
    return { state: 'planned' };
  }
  const cluster =
    ('controlCluster' in delivery ? delivery.controlCluster : undefined) ??
    options.cluster;
  const namespace = delivery.namespace ?? service.namespace;
  const manifests = refs.map(({ apiVersion, kind, name }, index) => ({
    object: { apiVersion, kind, metadata: { name, namespace } },
    source: { file: 'gitops:register', document: index + 1, line: 1 },
  }));
  const plan = await planApply({
    ...(await openClusterFor({
      access,
      ctx,
      cluster,
      namespace,
      otherNamespaces: [],
      manifests,
      registers: true,
    })),
    manifests,
    namespace,
    // What will be in the objects is not known yet, so that nothing is tried.
    writer: 'controller',
    signal: ctx.signal,
  });
  if (plan.problems.length > 0) {
    throw new PlanRefusedError(cluster, plan.problems);
  }
  ctx.logger.info(`Would write it to namespace '${namespace}' of '${cluster}'`);
  return { state: 'planned' };
}
