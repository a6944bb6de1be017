import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { ClusterSettings } from '@sportsbook/plugin-sportsbook-scaling-node';

/** How a cluster takes services, as app-config says it of `prod`; all others take them directly. */
export function deliveryOfProd(delivery: JsonObject | string) {
  const settings = ClusterSettings.fromConfig(
    new ConfigReader({
      sportsbookScaling: { clusters: [{ name: 'prod', delivery }] },
    }),
  );
  return (cluster: string) => settings.for(cluster).delivery;
}

/** Hosts with an account, one of each type that can be pushed to. */
export function integrationsWith(gitea?: string): ScmIntegrations {
  return ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [{ host: 'github.com', token: 'of-github' }],
        gitlab: [
          {
            host: 'gitlab.example.com',
            token: 'of-gitlab',
            apiBaseUrl: 'https://gitlab.example.com/api/v4',
            baseUrl: 'https://gitlab.example.com',
          },
        ],
        gitea: [
          {
            host: gitea ?? 'gitea.example.com',
            baseUrl: `http://${gitea ?? 'gitea.example.com'}`,
            username: 'backstage',
            password: 'pass',
          },
        ],
        bitbucketCloud: [{ username: 'me', appPassword: 'of-bitbucket' }],
        bitbucketServer: [
          {
            host: 'bitbucket.example.com',
            apiBaseUrl: 'https://bitbucket.example.com/rest/api/1.0',
            username: 'me',
            password: 'of-server',
          },
        ],
      },
    }),
  );
}
