import type { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterGitProxy } from './ClusterGitProxy';
import type { PlatformGround } from './PlatformPart';

/** Namespace of the objects by which Flux follows the platform's repository. */
export const FLEET = 'd-fleet';
export const KUSTOMIZATION = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
};
export const GIT_REPOSITORY = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
};

/** What registers a service with Flux beside it. */
export function fluxObjectsOf(service: {
  name: string;
  namespace: string;
}): ObjectRef[] {
  return [GIT_REPOSITORY, KUSTOMIZATION].map(kind => ({ ...kind, ...service }));
}

/** Flux follows the platform's repository, as it does in a platform team's hands. */
export async function followPlatformRepository(
  { cluster }: PlatformGround,
  follow: { proxy: ClusterGitProxy; directory: string },
): Promise<void> {
  const metadata = { name: 'fleet', namespace: FLEET };
  await cluster.apply({
    ...GIT_REPOSITORY,
    metadata,
    spec: {
      interval: '5s',
      url: `${follow.proxy.url}/sportsbook/d-fleet.git`,
      ref: { branch: 'main' },
    },
  });
  await cluster.apply({
    ...KUSTOMIZATION,
    metadata,
    spec: {
      interval: '10s',
      path: `./${follow.directory}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'fleet' },
    },
  });
}

/** First who would make it again, and while its source still answers. */
export async function removeFluxObjects(
  { cluster }: PlatformGround,
  namespaces: string[],
): Promise<void> {
  for (const kind of [KUSTOMIZATION, GIT_REPOSITORY]) {
    for (const namespace of namespaces) {
      const { items } = await cluster.list(kind, { namespace });
      for (const { metadata } of items) {
        await cluster.delete({ ...kind, namespace, name: metadata.name });
      }
    }
  }
}
