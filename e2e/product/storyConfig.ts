import {
  PLATFORM_TEMPLATE_REF,
  TEMPLATE_REF,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import type { E2eOptions } from '../options';
import { REMOVAL_TEMPLATE } from '../steps/offBoarding';
import { catalogLocations } from './catalogLocations';

const MANIFESTS_TEMPLATE = 'template:default/e2e-platform-manifests';

/**
 * What the whole story adds to app-config.yaml. Rules and locations are lists,
 * and a later file replaces a list whole: each is here in full.
 */
export function storyConfig(options: E2eOptions): object {
  return {
    catalog: {
      locations: catalogLocations([
        'templates/sportsbook-autoscaled-service/template.yaml',
        'templates/remove-autoscaled-service/template.yaml',
        'templates/scaling-platform/template.yaml',
        'e2e/templates/platform-manifests/template.yaml',
      ]),
    },
    ...(options.releasesUrl === undefined
      ? {}
      : {
          backend: {
            reading: { allow: [{ host: new URL(options.releasesUrl).host }] },
          },
        }),
    sportsbookScaling: {
      apply: {
        rules: [
          {
            users: ['user:default/guest'],
            templates: [TEMPLATE_REF, REMOVAL_TEMPLATE],
            clusters: [options.cluster],
            namespaces: [options.namespace],
          },
          {
            users: ['user:default/guest'],
            templates: [PLATFORM_TEMPLATE_REF],
            clusters: [options.cluster],
            namespaces: ['*'],
            kinds: ['monitoring.coreos.com/Prometheus'],
            clusterScopedKinds: ['*'],
          },
          {
            users: ['user:default/guest'],
            templates: [MANIFESTS_TEMPLATE],
            clusters: [options.cluster],
            namespaces: ['*'],
            kinds: ['*'],
            clusterScopedKinds: ['*'],
          },
        ],
      },
    },
  };
}
