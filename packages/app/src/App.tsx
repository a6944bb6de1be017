import { createApp } from '@backstage/frontend-defaults';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import sportsbookScalingPlugin from '@sportsbook/plugin-sportsbook-scaling';
import { navigationModule } from './navigation';
import { catalogWithNotice, scaffolderWithNotice } from './clusterNotice';
import { signInModule } from './signIn';

export const app = createApp({
  features: [
    catalogWithNotice,
    scaffolderWithNotice,
    kubernetesPlugin,
    orgPlugin,
    userSettingsPlugin,
    sportsbookScalingPlugin,
    navigationModule,
    signInModule,
  ],
});
