import { useApi } from '@backstage/core-plugin-api';
import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import { useCallback, useEffect, useRef } from 'react';
import useSWR from 'swr';
import { scalingApiRef } from '../api';
import { refreshDelayMilliseconds } from './refreshDelay';
import {
  attemptSnapshot,
  isForbidden,
  SnapshotAttempt,
} from './snapshotAttempt';

/**
 * The snapshot of one entity as far as it is known.
 *
 * - `idle`: there is no entity to ask for.
 * - `loading`: no answer yet.
 * - `ready`: `value` answers the last question.
 * - `stale`: the last question failed with `error`; `value` is from `fetchedAt`
 *   (milliseconds since 1970).
 * - `failed`: it failed, and there was no answer before.
 * - `forbidden`: the user may not see it; an earlier value is dropped.
 *
 * `refresh` asks again at once and settles when the answer is there.
 */
export type ScalingSnapshotState = { refresh: () => Promise<void> } & (
  | { status: 'idle' | 'loading'; value?: undefined; error?: undefined }
  | {
      status: 'ready';
      value: ScalingSnapshot;
      fetchedAt: number;
      error?: undefined;
    }
  | { status: 'stale'; value: ScalingSnapshot; fetchedAt: number; error: Error }
  | { status: 'failed' | 'forbidden'; value?: undefined; error: Error }
);

/**
 * Follows the scaling snapshot of an entity.
 *
 * Asks every 5 s while the browser's tab is visible, less often while it fails,
 * not at all in a hidden tab, and at once when the tab is shown again. A
 * question that is under way is aborted on unmount and when the entity changes.
 *
 * @param entityRef - full entity ref; undefined asks nothing
 */
export function useScalingSnapshot(
  entityRef: string | undefined,
): ScalingSnapshotState {
  const scalingApi = useApi(scalingApiRef);
  const controllers = useRef(new Map<string, AbortController>());
  const attempts = useRef(new Map<string, SnapshotAttempt>());

  const ask = async ([, ref]: readonly [string, string]) => {
    const controller = controllers.current.get(ref) ?? new AbortController();
    controllers.current.set(ref, controller);
    const attempt = await attemptSnapshot(
      options => scalingApi.getSnapshot(ref, options),
      attempts.current.get(ref),
      { signal: controller.signal },
    );
    attempts.current.set(ref, attempt);
    return attempt;
  };

  const key =
    entityRef === undefined
      ? null
      : (['sportsbook-scaling-snapshot', entityRef] as const);
  const { data, mutate } = useSWR<SnapshotAttempt>(key, ask, {
    refreshInterval: attempt =>
      refreshDelayMilliseconds({
        failuresInARow: attempt?.failuresInARow ?? 0,
        forbidden: isForbidden(attempt?.error),
      }),
    // Without a network the question fails, and that is what marks the value as stale.
    refreshWhenOffline: true,
    // Failures are data here. Only aborts are thrown, and whoever is still there asks again.
    onErrorRetry: (_error, _key, _config, revalidate) => {
      revalidate();
    },
  });

  useEffect(() => {
    if (entityRef === undefined) {
      return undefined;
    }
    const underWay = controllers.current;
    const known = attempts.current;
    return () => {
      underWay.get(entityRef)?.abort();
      underWay.delete(entityRef);
      known.delete(entityRef);
    };
  }, [entityRef]);

  const refresh = useCallback(async () => {
    await mutate();
  }, [mutate]);

  if (entityRef === undefined) {
    return { status: 'idle', refresh };
  }
  if (data === undefined) {
    return { status: 'loading', refresh };
  }
  const { last, error } = data;
  if (error === undefined) {
    return last === undefined
      ? { status: 'loading', refresh }
      : {
          status: 'ready',
          value: last.snapshot,
          fetchedAt: last.fetchedAt,
          refresh,
        };
  }
  if (last === undefined) {
    const status = isForbidden(error) ? 'forbidden' : 'failed';
    return { status, error, refresh };
  }
  return {
    status: 'stale',
    value: last.snapshot,
    fetchedAt: last.fetchedAt,
    error,
    refresh,
  };
}
