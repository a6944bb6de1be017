import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { assertGuestsStayOnLoopback } from './assertGuestsStayOnLoopback';

/** Backstage's HTTP server, which checks the configuration before it listens. */
export const loopbackGuardedHttpRouter = rootHttpRouterServiceFactory({
  configure: ({ config, applyDefaults }) => {
    assertGuestsStayOnLoopback(config);
    applyDefaults();
  },
});
