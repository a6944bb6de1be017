import { createBackend } from '@backstage/backend-defaults';
import { loopbackGuardedHttpRouter } from './loopbackGuard';

const backend = createBackend();

backend.add(loopbackGuardedHttpRouter);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));

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
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-bitbucket-cloud'),
);
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-bitbucket-server'),
);
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

// A stand-in for people who have configured no host; an image for others has none.
if (process.env.NODE_ENV !== 'production') {
  // eslint-disable-next-line @backstage/no-undeclared-imports
  backend.add(import('@sportsbook/git-host'));
}

// Left to itself, a backend that cannot start says so and stays, serving nothing.
backend.start().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
