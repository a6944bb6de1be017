import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, ClusterAccessRequest } from '../access/ClusterAccess';

const notAsked = () => {
  throw new Error('a cluster was asked for something else than its nodes');
};

/** Opens a cluster that knows its nodes and nothing else. */
export class NodesOnlyClusterAccess implements ClusterAccess {
  readonly requests: Omit<ClusterAccessRequest, 'ctx'>[] = [];

  constructor(private readonly architectures: string[]) {}

  async hasRule(): Promise<boolean> {
    return true;
  }

  async open(request: ClusterAccessRequest): Promise<KubernetesClient> {
    const { ctx, ...rest } = request;
    this.requests.push(rest);
    const items = this.architectures.map(
      (architecture, index): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: `node-${index}` },
        status: { nodeInfo: { architecture, operatingSystem: 'linux' } },
      }),
    );
    return {
      cluster: request.cluster,
      list: async ({ kind }) =>
        kind === 'Node' ? { items, resourceVersion: '1' } : notAsked(),
      version: notAsked,
      discover: notAsked,
      get: notAsked,
      watch: notAsked,
      apply: notAsked,
      patchJson: notAsked,
      delete: notAsked,
      can: notAsked,
      getRaw: notAsked,
    };
  }
}
