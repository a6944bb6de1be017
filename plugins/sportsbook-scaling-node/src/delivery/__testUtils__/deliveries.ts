import { ConfigReader } from '@backstage/config';
import { ClusterSettings } from '../../policy/ClusterSettings';
import { DeliverySetting, isGitOps } from '../../policy/deliverySettings';
import { DeliveredService } from '../DeliveredService';

/** A `delivery` as it is written in app-config, read as Backstage reads it. */
export function deliveryOf(delivery: unknown): DeliverySetting {
  return ClusterSettings.fromConfig(
    new ConfigReader({
      sportsbookScaling: {
        clusters: [{ name: 'prod', ...Object({ delivery }) }],
      },
    }),
  ).for('prod').delivery;
}

/** As {@link deliveryOf}, for what a controller delivers. */
export function gitOpsOf(delivery: unknown) {
  const setting = deliveryOf(delivery);
  if (!isGitOps(setting)) {
    throw new Error(`${setting.type} is delivered by no controller`);
  }
  return setting;
}

export const FLUX = {
  type: 'flux',
  register: 'cluster',
  serviceAccountName: 'deployer',
};
export const ARGO = { type: 'argocd', register: 'cluster', project: 'betting' };

export const ODDS: DeliveredService = {
  name: 'odds-api',
  namespace: 'betting',
  repositoryUrl: 'https://git.example.com/sportsbook/odds-api.git',
  branch: 'main',
  path: 'k8s',
};
