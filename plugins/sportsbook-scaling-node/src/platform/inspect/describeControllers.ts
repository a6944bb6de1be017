import { Readable } from '../../apply/ClusterView';
import { Controller, Finding, PlatformReach } from '../PlatformReport';

/** What speaks against the Deployments that should run a controller. */
export function describeControllers(options: {
  found: Readable<unknown>;
  controllers: Controller[];
  /** Such as `the Prometheus operator`. */
  what: string;
  reach: PlatformReach;
}): Finding[] {
  const { found, controllers, what, reach } = options;
  if (found.status === 'unreadable') {
    return [
      {
        severity: 'problem',
        message: `whether ${what} runs may not be looked at`,
        nextStep:
          'let the account of Backstage list Deployments in all namespaces',
      },
    ];
  }
  if (controllers.length === 0) {
    return reach === 'cluster'
      ? [
          {
            severity: 'problem',
            message: `no Deployment runs ${what}`,
            nextStep: `install ${what}, or remove its definitions`,
          },
        ]
      : [
          {
            severity: 'note',
            message: `no Deployment in namespace ${reach.namespace} runs ${what}; other namespaces were not looked at`,
          },
        ];
  }
  return controllers
    .filter(({ isAvailable }) => !isAvailable)
    .map(({ namespace, name, message }) => ({
      severity: 'problem',
      message: `Deployment ${namespace}/${name}, which runs ${what}, is not available: ${message}`,
      nextStep: `look at its pods, for example with: kubectl --namespace ${namespace} describe deployment ${name}`,
    }));
}
