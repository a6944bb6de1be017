import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { assertGuestsStayOnLoopback } from './assertGuestsStayOnLoopback';
import { refuseForeignHosts } from './refuseForeignHosts';

/** Backstage's HTTP server, which keeps guests on this machine. */
export const loopbackGuardedHttpRouter = rootHttpRouterServiceFactory({
  configure: ({ app, config, applyDefaults }) => {
    assertGuestsStayOnLoopback(config);
    if (config.has('auth.providers.guest')) {
      app.use(refuseForeignHosts(config));
    }
    applyDefaults();
  },
});
