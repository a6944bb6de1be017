import {
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyResult, KubernetesClient } from '../ports/KubernetesClient';
import { awaitGone } from './awaitGone';
import { describeRefusal } from './describeRefusal';
import { ResolvedObject } from './ResolvedObject';
import { isBuiltIn } from './stages';

export const DEFAULT_RECREATE_SECONDS = 120;

/** An object was deleted, or is about to go, and is not there anew. */
export class NotRecreated extends Error {
  constructor(message: string, readonly cause: unknown) {
    super(message);
  }
}

/**
 * Deletes the object that was compared, and no successor of the same name,
 * waits until its finalizers are done, and creates it anew.
 *
 * @throws NotRecreated where it stopped after the deletion was asked for
 */
export async function recreateObject(options: {
  client: KubernetesClient;
  object: ResolvedObject;
  live: KubernetesObject;
  timeoutSeconds?: number;
  signal?: AbortSignal;
}): Promise<ApplyResult> {
  const { client, object, live, signal } = options;
  const ref = objectRefOf(live);
  const { uid } = live.metadata;
  await client.delete(ref, {
    uid,
    // The garbage collector learns of new custom kinds only every 30 s.
    propagationPolicy: isBuiltIn(ref.apiVersion) ? 'Foreground' : 'Background',
    signal,
  });
  try {
    await awaitGone([{ ref, uid, action: 'deleted', warnings: [] }], {
      client,
      timeoutSeconds: options.timeoutSeconds ?? DEFAULT_RECREATE_SECONDS,
      signal,
    });
    return await client.apply(object.object, { signal });
  } catch (error) {
    throw new NotRecreated(
      `${formatObjectRef(
        ref,
      )} was deleted to be created anew, and that is not done: ${describeRefusal(
        ref,
        error,
      )} Apply the same manifests again to create it.`,
      error,
    );
  }
}
