import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedCluster } from '@sportsbook/embedded-cluster';
import { ContractServer } from './ContractServer';

const ACCOUNT = { name: 'backstage', namespace: 'default' };

/** An embedded cluster with a service account that may do everything, for Backstage. */
export async function embeddedServer(): Promise<ContractServer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'contract-'));
  const { kubeconfigPath, context, url, close } = await startEmbeddedCluster({
    directory,
  });
  const { CoreV1Api, KubeConfig, RbacAuthorizationV1Api } = await import(
    '@kubernetes/client-node'
  );
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigPath);
  const core = kubeConfig.makeApiClient(CoreV1Api);
  await core.createNamespacedServiceAccount({
    namespace: ACCOUNT.namespace,
    body: { metadata: { name: ACCOUNT.name } },
  });
  await kubeConfig
    .makeApiClient(RbacAuthorizationV1Api)
    .createClusterRoleBinding({
      body: {
        metadata: { name: ACCOUNT.name },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'cluster-admin',
        },
        subjects: [{ kind: 'ServiceAccount', ...ACCOUNT }],
      },
    });
  const { status } = await core.createNamespacedServiceAccountToken({
    ...ACCOUNT,
    body: { spec: { audiences: [], expirationSeconds: 3_600 } },
  });
  return {
    configured: {
      url,
      caData: kubeConfig.getCurrentCluster()?.caData,
      serviceAccountToken: status?.token ?? '',
    },
    kubeConfig,
    context,
    async stop() {
      await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
