import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import sportsbookScalingPlugin from '@sportsbook/plugin-sportsbook-scaling';
import { navigationModule } from './navigation';

export const app = createApp({
  features: [
    catalogPlugin,
    scaffolderPlugin,
    kubernetesPlugin,
    orgPlugin,
    userSettingsPlugin,
    sportsbookScalingPlugin,
    navigationModule,
  ],
});
