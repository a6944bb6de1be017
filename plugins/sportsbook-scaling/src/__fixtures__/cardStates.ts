import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATIONS } from '@sportsbook/plugin-sportsbook-scaling-common';
import { errorResponse } from './errorResponse';
import { always, never, Respond } from './FixtureScalingApi';
import { serviceEntity } from './serviceEntity';
import {
  atMaximum,
  justCreated,
  onEmbeddedCluster,
  pausedWithGap,
  prometheusDown,
  scalingOut,
  underLoad,
  wideRange,
  withoutKeda,
  withoutScaledObject,
} from './snapshots';

/** One state of the card: the entity it stands on and what the backend answers. */
export interface CardState {
  /** Also the entity's name. */
  id: string;
  title: string;
  entity: Entity;
  respond: Respond;
}

function state(
  id: string,
  title: string,
  respond: Respond,
  annotations?: Record<string, string | undefined>,
): CardState {
  return { id, title, respond, entity: serviceEntity(id, annotations) };
}

/** Every state that the card knows. */
export const CARD_STATES: CardState[] = [
  state('under-load', 'Under load', always(underLoad)),
  state('embedded', 'On the embedded cluster', always(onEmbeddedCluster)),
  state('scaling-out', 'Scaling out', always(scalingOut)),
  state('at-maximum', 'At the maximum', always(atMaximum)),
  state('wide-range', 'Hundreds of replicas', always(wideRange)),
  state('prometheus-down', 'Prometheus down', always(prometheusDown)),
  state('paused-with-gap', 'Paused, with gaps', always(pausedWithGap)),
  state('just-created', 'Just created', always(justCreated)),
  state('loading', 'Loading', never),
  state('no-scaled-object', 'No ScaledObject', always(withoutScaledObject)),
  state('no-keda', 'No KEDA', always(withoutKeda)),
  state('missing-annotations', 'Missing annotations', never, {
    [ENTITY_ANNOTATIONS.cluster]: undefined,
    [ENTITY_ANNOTATIONS.namespace]: undefined,
  }),
  state('forbidden', 'Forbidden', async () => {
    throw await errorResponse(403, {
      name: 'NotAllowedError',
      message: 'You may not see the scaling of component:default/forbidden',
    });
  }),
  state('failed', 'Failed', async () => {
    throw await errorResponse(502, {
      name: 'ClusterUnreachableError',
      message: "Cluster 'prod-eu' does not answer (connect ECONNREFUSED)",
    });
  }),
  state('stale', 'Stale', async question => {
    if (question === 0) {
      return underLoad;
    }
    throw await errorResponse(502, {
      name: 'ClusterUnreachableError',
      message: "Cluster 'prod-eu' does not answer (connect ECONNREFUSED)",
    });
  }),
];
