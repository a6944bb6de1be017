import { InputError } from '@backstage/errors';
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';

/** What an image is built for, in the names that images use. */
export interface Platform {
  os: 'linux';
  /** Such as `amd64`. */
  architecture: string;
}

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', ia32: '386' };

/** What an image for a cluster on this very machine is built for. */
export function platformOfThisMachine(): Platform {
  return {
    os: 'linux',
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
  };
}

const nodeSchema = z.object({
  spec: z.object({ unschedulable: z.boolean().optional() }).optional(),
  status: z.object({
    nodeInfo: z.object({
      architecture: z.string(),
      operatingSystem: z.string(),
    }),
  }),
});

/**
 * The one platform of a cluster's schedulable Linux nodes.
 *
 * @throws InputError when there is none, or more than one.
 */
export function nodePlatform(
  cluster: string,
  nodes: readonly KubernetesObject[],
): Platform {
  const architectures = new Set(
    nodes
      .map(node => nodeSchema.parse(node))
      .filter(
        node =>
          node.spec?.unschedulable !== true &&
          node.status.nodeInfo.operatingSystem === 'linux',
      )
      .map(node => node.status.nodeInfo.architecture),
  );
  const [architecture, ...others] = [...architectures].sort();
  if (architecture === undefined) {
    throw new InputError(
      `Cluster '${cluster}' has no schedulable Linux node to build an image for; add one, or set sportsbookScaling.image.platform`,
    );
  }
  if (others.length > 0) {
    throw new InputError(
      `The nodes of cluster '${cluster}' have the architectures ${[
        architecture,
        ...others,
      ].join(
        ', ',
      )}, and an image is built for one; set sportsbookScaling.image.platform, such as 'linux/${architecture}', and keep the pods on such nodes`,
    );
  }
  return { os: 'linux', architecture };
}

const NPM_CPU: Record<string, string> = { amd64: 'x64', '386': 'ia32' };

/** The architecture as npm's `--cpu` names it. */
export function npmCpu({ architecture }: Platform): string {
  return NPM_CPU[architecture] ?? architecture;
}
