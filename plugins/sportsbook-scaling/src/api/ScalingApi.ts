import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Reads what the scaling backend knows. */
export interface ScalingApi {
  /**
   * How the service of one entity scales right now.
   *
   * @param entityRef - full entity ref, such as `component:default/odds-api`
   * @throws ResponseError when the backend answers with an error: 403 without
   *   `sportsbook.scaling.read` for the entity, 404 for an unknown entity
   * @throws SnapshotFormatError when the answer is not a snapshot
   */
  getSnapshot(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<ScalingSnapshot>;
}

/** The {@link ScalingApi} of the app. */
export const scalingApiRef = createApiRef<ScalingApi>().with({
  id: 'plugin.sportsbook-scaling.api',
  pluginId: 'sportsbook-scaling',
});
