import { NotAllowedError } from '@backstage/errors';
import { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterAccess, ClusterAccessRequest } from '../access/ClusterAccess';

/** Opens one cluster, and refuses what a test does not allow. */
export class FakeClusterAccess implements ClusterAccess {
  readonly requests: Omit<ClusterAccessRequest, 'ctx'>[] = [];

  constructor(
    private readonly client: KubernetesClient,
    private readonly allows: (request: ClusterAccessRequest) => boolean = () =>
      true,
    private readonly isRuled = true,
  ) {}

  async hasRule(): Promise<boolean> {
    return this.isRuled;
  }

  async open(request: ClusterAccessRequest): Promise<KubernetesClient> {
    const { ctx, ...rest } = request;
    this.requests.push(rest);
    if (!this.allows(request)) {
      throw new NotAllowedError('not here');
    }
    return this.client;
  }
}
