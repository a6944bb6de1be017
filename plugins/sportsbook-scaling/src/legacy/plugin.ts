import {
  createApiFactory,
  createPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  FormChoicesClient,
  formChoicesApiRef,
  PrometheusServersClient,
  prometheusServersApiRef,
  ScalingClient,
  scalingApiRef,
} from '../api';

/** The plugin for apps of the old frontend system: the API that the card asks. */
export const sportsbookScalingPlugin = createPlugin({
  id: 'sportsbook-scaling',
  apis: [
    createApiFactory({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ScalingClient(deps),
    }),
    createApiFactory({
      api: formChoicesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new FormChoicesClient(deps),
    }),
    createApiFactory({
      api: prometheusServersApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PrometheusServersClient(deps),
    }),
  ],
});
