import { createBackend } from '@backstage/backend-defaults';
import { loopbackGuardedHttpRouter } from './loopbackGuard';

const backend = createBackend();

backend.add(loopbackGuardedHttpRouter);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@sportsbook/plugin-permission-backend-module-sportsbook-scaling'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@sportsbook/plugin-kubernetes-backend-module-kubeconfig'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
// One for each host that the template can publish to.
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-workspace-database'),
);
backend.add(
  import('@sportsbook/plugin-scaffolder-backend-module-sportsbook-scaling'),
);

backend.add(import('@sportsbook/plugin-sportsbook-scaling-backend'));
backend.add(import('@sportsbook/git-host'));

backend.start();
