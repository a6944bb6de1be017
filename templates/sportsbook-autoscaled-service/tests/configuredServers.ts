import type { autoscaledServiceIn } from '@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling/src/skeletons/autoscaledService';

type Options = NonNullable<Parameters<typeof autoscaledServiceIn>[1]>;

/** What a configuration might say of the servers of the clusters in `cases/`. */
export const configuredServers: NonNullable<
  Options['prometheusServersOf']
> = cluster =>
  cluster === 'prod-us'
    ? [
        {
          name: 'mimir',
          address: 'http://mimir-query-frontend.mimir.svc:8080/prometheus',
          serviceMonitorLabels: { 'scraped-by': 'agent' },
          namespaces: ['*'],
          headers: { 'X-Scope-OrgID': 'trading|platform' },
          triggerAuthentication: {
            name: 'mimir-reader',
            kind: 'ClusterTriggerAuthentication',
            modes: ['bearer', 'tls'],
          },
          queryLabels: { cluster: 'prod-us' },
          hastenReload: false,
        },
      ]
    : [];
