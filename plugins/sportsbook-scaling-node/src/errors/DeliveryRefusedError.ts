import { CustomErrorBase } from '@backstage/errors';

/** The cluster takes its objects from somebody else than Backstage; nothing was changed. */
export class DeliveryRefusedError extends CustomErrorBase {
  name = 'DeliveryRefusedError' as const;
  readonly cluster: string;

  constructor(cluster: string, reason: string) {
    super(`Nothing was changed on cluster '${cluster}': ${reason}`);
    this.cluster = cluster;
  }
}
