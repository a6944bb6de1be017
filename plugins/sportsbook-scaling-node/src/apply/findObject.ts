import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { KubernetesClient } from '../ports/KubernetesClient';

/** Undefined: a kind that is not served any more has no objects either. */
export async function findObject(
  client: KubernetesClient,
  ref: ObjectRef,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  try {
    return await client.get(ref, { signal });
  } catch (error) {
    if (error instanceof ApiNotInstalledError) {
      return undefined;
    }
    throw error;
  }
}
