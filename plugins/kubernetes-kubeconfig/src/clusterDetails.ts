import { InputError } from '@backstage/errors';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { EMBEDDED_CLUSTER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubeconfigContext } from './KubeconfigFiles';

/**
 * The auth provider of our clusters.
 *
 * Backstage's pages only work with providers that they know by name. This is
 * one that they leave to the server side, and that no other part of the
 * backend treats in a way of its own.
 */
export const AUTH_PROVIDER = 'localKubectlProxy';

/**
 * The cluster of a context, named like it.
 *
 * @throws InputError where the context needs what Backstage's connection to a
 * cluster cannot do, and for the embedded cluster in production
 */
export function clusterDetails(
  context: KubeconfigContext,
  environment: { NODE_ENV?: string } = process.env,
): ClusterDetails {
  const { name, cluster, user } = context;
  const isEmbedded = cluster.name === EMBEDDED_CLUSTER.kubeconfigEntry;
  if (isEmbedded && environment.NODE_ENV === 'production') {
    throw new InputError(
      `Context '${name}' of the kubeconfig is the embedded cluster, which is for trying out on one's own machine: it runs what it is given as processes of this user. Name another cluster in 'kubernetesKubeconfig.contexts'.`,
    );
  }
  if (cluster.tlsServerName && !cluster.skipTLSVerify) {
    throw unsupported(
      name,
      'tls-server-name',
      "use a server address that the API server's certificate holds",
    );
  }
  if (cluster.proxyUrl) {
    throw unsupported(
      name,
      'proxy-url',
      "use an address that Backstage's host reaches directly",
    );
  }
  if (user.impersonateUser) {
    // Going on without would act as the other, often mightier, user.
    throw unsupported(
      name,
      'as',
      'use a user that holds the credentials themselves',
    );
  }
  if (user.username) {
    throw unsupported(
      name,
      'username',
      'use a token or a client certificate, since Kubernetes no longer knows passwords',
    );
  }
  return {
    name,
    ...(isEmbedded && { title: EMBEDDED_CLUSTER.title }),
    url: cluster.server,
    authMetadata: { [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: AUTH_PROVIDER },
    skipTLSVerify: cluster.skipTLSVerify ?? false,
    caData: cluster.caData,
    caFile: cluster.caFile,
  };
}

function unsupported(
  context: string,
  field: string,
  nextStep: string,
): InputError {
  return new InputError(
    `Context '${context}' of the kubeconfig sets '${field}', which Backstage's kubernetes plugin cannot honour: ${nextStep}`,
  );
}
